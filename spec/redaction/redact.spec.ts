import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { redact } from "../../lib/redaction/redact.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { arbitrarySnapshot } from "../emulator/arbitrarySnapshot.js";
import { runs } from "../random/runs.js";

const examples = new URL("../examples/", import.meta.url);
const names = readdirSync(examples).filter((name) => name.endsWith(".snapshot.json"));
const example = (name: string): Snapshot => parseSnapshot(readFileSync(new URL(name, examples), "utf8"));

function answer({ outcome, blockingLayer, blockers, actions }: Diagnosis) {
  return {
    outcome,
    blockingLayer,
    blockers: blockers.map(({ layer, effect, actions, certainty }) => ({ layer, effect, actions, certainty })),
    verdicts: actions.map(({ action, verdict }) => [action, verdict]),
  };
}

describe("redact", () => {
  for (const name of names) {
    it(`keeps the diagnosis and takes account ids, names and keys out of ${name}`, () => {
      const snapshot = example(name);

      const { snapshot: shareable, kept } = redact(snapshot);

      expect(answer(diagnose(shareable))).to.deep.equal(answer(diagnose(snapshot)));
      expect(kept).to.deep.equal([]);
      const text = JSON.stringify(shareable);
      for (const secret of [
        "444455556666",
        "111122223333",
        "Deployer",
        "prod-vault",
        "1234abcd",
        "o-a1b2c3d4e5",
        "team/",
      ]) {
        expect(text).to.not.contain(secret);
      }
    });
  }

  it("keeps, and lists, the word that a pattern matches in part", () => {
    const snapshot = example("allowed.snapshot.json");
    const { identity } = snapshot.policies;
    if (identity.status !== "read") throw new Error("the example has identity policies");
    const [policy] = identity.value;
    if (policy === undefined) throw new Error("the example has an identity policy");
    policy.document = JSON.stringify(policy.document).replace("backup-vault:*", "backup-vault:prod-v?ult");

    const { snapshot: shareable, kept } = redact(snapshot);

    expect(kept).to.deep.equal(["vault", "v?ult"]);
    expect(shareable.request.backupVaultName).to.match(/^n\d+-vault$/);
    expect(diagnose(shareable).outcome).to.equal("allowed");
  });

  it("leaves of an error's reason only its name", () => {
    const snapshot = example("denial-message-names-policy.snapshot.json");

    const { serviceControl } = redact(snapshot).snapshot.policies;

    expect(serviceControl).to.deep.equal({ status: "unreadable", reason: "AccessDeniedException: redacted" });
  });

  it("changes no outcome of random snapshots, and leaves no account in them unlisted", function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const { snapshot: shareable, kept } = redact(snapshot);

        expect(answer(diagnose(shareable, { fixes: false }))).to.deep.equal(
          answer(diagnose(snapshot, { fixes: false })),
        );
        const accounts = new Set(JSON.stringify(snapshot).match(/\b\d{12}\b/g));
        const left = [...accounts].filter((id) => JSON.stringify(shareable).includes(id));
        expect(left.filter((id) => !kept.some((text) => text.includes(id)))).to.deep.equal([]);
      }),
      { numRuns: runs(200) },
    );
  });
});
