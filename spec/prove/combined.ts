import { decide } from "../../lib/diagnosis/decide.js";
import type { SettledAction } from "../../lib/diagnosis/Settled.js";
import type { Truth } from "../../lib/policy/Truth.js";
import type { KnownKey } from "../../lib/request/keyOf.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { blank, type LayerJudgement, notApplicable } from "../../lib/verdict/LayerJudgement.js";
import type { Combination, Situation, Sure, Ways } from "../oracle/combine.js";
import type { Layer } from "../oracle/Layer.js";

/** The one place that knows how the diagnosis is asked for its combination of layers. */
export function combined(situation: Situation): Combination {
  const { kind, key, layers, forms, callersGrant } = situation;
  const settled: SettledAction = {
    action: actions[kind],
    resource: "*",
    layers: Object.fromEntries(
      (Object.keys(layers) as Layer[]).map((layer) => [
        layer,
        { judgement: judgementOf(layer, layers[layer]), sources: [], forced: false },
      ]),
    ) as unknown as SettledAction["layers"],
    access: {
      exact: way(forms.exact),
      role: way(forms.behind),
      everyone: way(forms.anyone),
      account: way(forms.account),
    },
    callersGrant: way(callersGrant),
    disagreements: [],
    assumptions: [],
    refusedUnnamed: false,
  };
  const snapshot = { request: { accountId: "1" }, key: { status: key === "missing" ? "none" : "read" } };
  const { verdict, explicit, silent, suspects } = decide(
    settled,
    snapshot as unknown as Snapshot,
    { accountId: key === "other account" ? "2" : "1", isDefault: false } as KnownKey,
  );
  return { verdict, explicit, silent, suspects: suspects.map(({ layer }) => layer) };
}

const actions: Record<Situation["kind"], string> = {
  own: "backup:CreateBackupVault",
  forwarded: "backup-storage:MountCapsule",
  keyed: "kms:Decrypt",
  "retire-grant": "kms:RetireGrant",
};

const truths: Record<Sure, Truth> = { yes: "true", no: "false", maybe: "unknown" };

function way(sure: Sure) {
  return { truth: truths[sure], dependsOn: [] };
}

const judgements = new Map<string, LayerJudgement>();

/** The same ways give the same judgement: millions are asked for. */
function judgementOf(layer: Layer, ways: Ways): LayerJudgement {
  const name = `${layer} ${ways?.join() ?? ""}`;
  const known = judgements.get(name) ?? judged(layer, ways);
  judgements.set(name, known);
  return known;
}

function judged(layer: Layer, ways: Ways): LayerJudgement {
  if (ways === null) return notApplicable(layer);
  const either = (has: boolean, other: boolean): Truth => (!has ? "false" : other ? "unknown" : "true");
  return {
    ...blank(layer),
    denies: either(ways.includes("deny"), ways.length > 1),
    allows: either(ways.includes("allow"), ways.includes("silence")),
  };
}
