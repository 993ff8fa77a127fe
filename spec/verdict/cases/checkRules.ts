import { expect } from "chai";
import * as v from "valibot";
import type { Blocker, Diagnosis } from "../../../lib/diagnosis/Diagnosis.js";
import { diagnosisSchema } from "../../../lib/diagnosis/diagnosisSchema.js";
import type { Layer } from "../../../lib/facts/layers.js";
import type { Snapshot } from "../../../lib/snapshot/Snapshot.js";

const layerOrder: Layer[] = [
  "service-control-policy",
  "resource-control-policy",
  "key-state",
  "key-policy",
  "identity-policy",
  "permissions-boundary",
  "session-policy",
  "vpc-endpoint-policy",
];
const neverBypassed: Layer[] = [
  "service-control-policy",
  "resource-control-policy",
  "key-state",
  "vpc-endpoint-policy",
];
const unproven = ["kms:Decrypt", "kms:GenerateDataKey", "kms:RetireGrant"];

/** What holds of every diagnosis, whatever the snapshot (specification, section 5, rules 2, 3, 4, 10, 11 and 13). */
export function checkRules(snapshot: Snapshot, diagnosis: Diagnosis): void {
  // As others read it: a field that is there but undefined is none.
  const published = v.safeParse(diagnosisSchema, JSON.parse(JSON.stringify(diagnosis)));
  expect(published.issues, "the published shape").to.equal(undefined);
  checkActions(diagnosis);
  checkBlockers(diagnosis);
  checkOutcome(snapshot, diagnosis);
  for (const { layer, actions, reason } of diagnosis.suspects) {
    expect(reason, "a suspect's reason").not.to.equal("");
    for (const action of actions) {
      const verdict = rowOf(diagnosis, action).layers[layer].verdict;
      // A key policy that delegates may also hold a possible direct statement, or a grant (rule 5).
      if (layer === "key-policy" && verdict === "allowed") continue;
      expect(["unknown", "implicitDeny"], `suspect ${layer} on ${action}`).to.include(verdict);
    }
  }
}

function checkActions(diagnosis: Diagnosis): void {
  for (const { action, verdict, layers } of diagnosis.actions) {
    expect(Object.keys(layers), action).to.have.members(layerOrder);
    const blocking = diagnosis.blockers.filter(({ actions }) => actions.includes(action));
    const denying = layerOrder.filter((layer) => layers[layer].verdict === "explicitDeny");
    const stopped = verdict === "explicitDeny" || verdict === "implicitDeny";

    expect(verdict === "explicitDeny", `${action}: explicitly denied`).to.equal(denying.length > 0);
    // Of very many blockers only the first are listed (rule 17).
    if ("omittedBlockers" in diagnosis) continue;
    expect(blocking.length > 0, `${action}: ${verdict}, so a blocker`).to.equal(stopped);
    for (const { layer, effect } of blocking) {
      expect(layers[layer].verdict, `${action}: the blocker's layer ${layer}`).to.equal(effect);
    }
    for (const layer of denying) {
      expect(
        blocking.map((blocker) => blocker.layer),
        action,
      ).to.include(layer);
    }
    for (const layer of neverBypassed.filter((name) => layers[name].verdict === "implicitDeny")) {
      expect(
        blocking.map((blocker) => blocker.layer),
        `${action}: ${layer} is never bypassed`,
      ).to.include(layer);
    }
  }
}

function checkBlockers({ blockers, actions }: Diagnosis): void {
  const order = actions.map(({ action }) => action);
  const keys = blockers.map(({ layer, effect, policy, statement, target }) =>
    JSON.stringify([layer, effect, policy, statement, target]),
  );
  expect(new Set(keys).size, "one blocker per layer, effect, policy, statement and target").to.equal(keys.length);
  const rank = (blocker: Blocker): number[] => [
    blocker.certainty === "confirmed" ? 0 : 1,
    blocker.effect === "explicitDeny" ? 0 : 1,
    layerOrder.indexOf(blocker.layer),
    order.indexOf(blocker.actions[0] ?? ""),
  ];
  const sorted = blockers.toSorted((one, other) => compare(rank(one), rank(other)));
  expect(blockers.map(rank), "the blockers' order").to.deep.equal(sorted.map(rank));
  for (const blocker of blockers) {
    const own = blocker.actions.map((action) => order.indexOf(action));
    expect(own, "a blocker's actions are in order").to.deep.equal(own.toSorted((one, other) => one - other));
    expect(blocker.reason, "reason").not.to.equal("");
    if (blocker.effect === "implicitDeny") expect(blocker.statement, "silence has no statement").to.equal(null);
    if (blocker.actions.every((action) => unproven.includes(action))) {
      expect(blocker.certainty, blocker.actions.join()).to.equal("probable");
    }
  }
}

/** CloudTrail may have the refusal of the call itself, which then stands for the denial (rule 9). */
function isRefusedInTrail(trail: Snapshot["cloudTrail"]): boolean {
  const events = trail?.status === "read" ? trail.value : [];
  return events.some(({ eventName, errorCode }) => eventName === "CreateBackupVault" && errorCode !== undefined);
}

function checkOutcome(
  { denial, cloudTrail }: Snapshot,
  { outcome, blockingLayer, blockers, actions, summary }: Diagnosis,
): void {
  const isConfirmed = blockers.some(({ certainty }) => certainty === "confirmed");
  const isUnknown = actions.some(({ verdict }) => verdict === "unknown");
  if (isConfirmed) expect(outcome, "a confirmed blocker").to.equal("blocked");
  else if (denial === null && !isRefusedInTrail(cloudTrail)) {
    expect(outcome, "no denial was seen").to.equal(blockers.length > 0 || isUnknown ? "inconclusive" : "allowed");
  }
  if (outcome === "allowed") expect(isUnknown || blockers.length > 0, "allowed").to.equal(false);
  expect(blockingLayer).to.equal(outcome === "blocked" ? (blockers[0]?.layer ?? "none") : null);
  expect(summary).not.to.equal("");
}

function compare(one: number[], other: number[]): number {
  const place = one.findIndex((value, index) => value !== other[index]);
  return place < 0 ? 0 : (one[place] ?? 0) - (other[place] ?? 0);
}

function rowOf(diagnosis: Diagnosis, action: string): Diagnosis["actions"][number] {
  const row = diagnosis.actions.find((candidate) => candidate.action === action);
  if (row === undefined) throw new Error(`the diagnosis has no row for ${action}`);
  return row;
}
