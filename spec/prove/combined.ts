import { decide } from "../../lib/diagnosis/decide.js";
import type { Reach } from "../../lib/diagnosis/reach.js";
import type { Truth } from "../../lib/policy/Truth.js";
import { blank, type LayerJudgement, notApplicable } from "../../lib/verdict/LayerJudgement.js";
import type { Combination, Situation, Sure, Ways } from "../oracle/combine.js";
import type { Layer } from "../oracle/Layer.js";

/** The one place that knows how the diagnosis is asked for its combination of layers. */
export function combined(situation: Situation): Combination {
  const { layers, forms, callersGrant, exactGrant } = situation;
  const settled = (layer: Layer) => ({
    judgement: judgementOf(layer, layers[layer]),
    sources: [],
    isForced: false,
    remark: "",
  });
  const { verdict, explicit, silent, suspects } = decide(
    {
      layers: {
        "identity-policy": settled("identity-policy"),
        "permissions-boundary": settled("permissions-boundary"),
        "session-policy": settled("session-policy"),
        "service-control-policy": settled("service-control-policy"),
        "resource-control-policy": settled("resource-control-policy"),
        "key-policy": settled("key-policy"),
        "key-state": settled("key-state"),
        "vpc-endpoint-policy": settled("vpc-endpoint-policy"),
      },
      access: {
        exact: way(forms.exact),
        role: way(forms.behind),
        everyone: way(forms.anyone),
        account: way(forms.account),
      },
      callersGrant: { ...way(callersGrant), exact: truths[exactGrant] },
      disagreements: [],
      assumptions: [],
      isRefusedUnnamed: false,
    },
    decidedBy(situation),
  );
  return { verdict, explicit: [...explicit], silent: [...silent], suspects: suspects.map(({ layer }) => layer) };
}

function decidedBy({ kind, key }: Situation): Reach["by"] {
  if (kind !== "keyed") return "identity";
  switch (key) {
    case "missing":
      return "limits";
    case "same account":
      return "own-key";
    case "other account":
      return "foreign-key";
  }
}

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
  if (ways === null) return notApplicable[layer];
  const either = (has: boolean, other: boolean): Truth => (!has ? "false" : other ? "unknown" : "true");
  return {
    ...blank[layer],
    denies: either(ways.includes("deny"), ways.length > 1),
    allows: either(ways.includes("allow"), ways.includes("silence")),
  };
}
