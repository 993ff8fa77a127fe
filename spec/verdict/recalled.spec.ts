import { expect } from "chai";
import { newJudge, type Snapshot } from "../../lib/index.js";
import { buildSnapshot, type SnapshotPatch } from "./cases/buildSnapshot.js";

const allowWhere = (condition: SnapshotPatch) => [
  { Effect: "Allow", Action: "*", Resource: "*", Condition: condition } as SnapshotPatch,
];

/** What a policy asks, and what is known of it in one call and in the next. */
const cases: [string, SnapshotPatch, SnapshotPatch, SnapshotPatch][] = [
  [
    "the time of the session's token lies elsewhere",
    { "policies.identity": allowWhere({ DateLessThan: { "aws:TokenIssueTime": "2026-11-21T00:00:00Z" } }) },
    { capturedAt: "2026-11-20T12:00:00.000Z" },
    { capturedAt: "2026-11-22T12:00:00.000Z" },
  ],
  [
    "the time of the session's token has another end",
    { "policies.identity": allowWhere({ DateLessThan: { "aws:TokenIssueTime": "2026-11-20T12:00:00Z" } }) },
    { capturedAt: "2026-11-20T11:59:59.000Z" },
    { capturedAt: "2026-11-20T12:00:01.000Z" },
  ],
  [
    "a key that was known is only there",
    { "policies.identity": allowWhere({ StringEquals: { "aws:SourceVpce": "vpce-1" } }) },
    { context: { "aws:SourceVpce": "vpce-1" } },
    { context: { "aws:SourceVpce": { present: true } } },
  ],
  [
    "a key that was there is absent",
    { "policies.identity": allowWhere({ Null: { "aws:SourceVpce": "true" } }) },
    { context: { "aws:SourceVpce": { present: true } } },
    { context: { "aws:SourceVpce": null } },
  ],
  [
    "a list has one more",
    { "policies.identity": allowWhere({ "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": "o-1/r-1/" } }) },
    { context: { "aws:PrincipalOrgPaths": ["o-1/r-1/"] } },
    { context: { "aws:PrincipalOrgPaths": ["o-1/r-1/", "o-1/r-2/"] } },
  ],
  [
    "a list is another",
    { "policies.identity": allowWhere({ "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": "o-1/r-1/" } }) },
    { context: { "aws:PrincipalOrgPaths": ["o-1/r-1/"] } },
    { context: { "aws:PrincipalOrgPaths": ["o-1/r-2/"] } },
  ],
  [
    "a text is a list",
    { "policies.identity": allowWhere({ StringEquals: { "custom.example.com:x": "a" } }) },
    { context: { "custom.example.com:x": "a" } },
    { context: { "custom.example.com:x": ["a"] } },
  ],
  [
    "a key is spelt otherwise",
    { "policies.identity": allowWhere({ StringEquals: { "custom.example.com:x": "a" } }) },
    { context: { "custom.example.com:x": { present: true } } },
    { context: { "Custom.example.com:x": { present: true } } },
  ],
];

describe("A layer that was asked before", () => {
  for (const [how, policies, one, other] of cases) {
    it(`is asked anew where ${how}`, () => {
      const [first, second] = [one, other].map((patch) => buildSnapshot([], { ...policies, ...patch }));

      const [once, then] = [first, second].map((snapshot) => snapshot && newJudge().diagnose(snapshot).actions);
      expect(once).not.to.deep.equal(then);
      for (const snapshots of [
        [first, second],
        [second, first],
      ]) {
        const judge = newJudge();
        for (const snapshot of [...snapshots, ...snapshots, ...snapshots] as Snapshot[]) {
          expect(judge.diagnose(snapshot)).to.deep.equal(newJudge().diagnose(snapshot));
        }
      }
    });
  }
});
