import { type Layer, layers, type Source, type Verdict } from "../facts/layers.js";
import type { Asked } from "../verdict/Asked.js";
import type { ActionJudgement } from "../verdict/judgeAction.js";
import { closed, opened } from "../verdict/KeyAccess.js";
import { byLayer, type LayerJudgement, verdictOf } from "../verdict/LayerJudgement.js";
import type { Disagreement } from "./Diagnosis.js";
import { denying } from "./denying.js";
import type { LayerClaim, OwnWords } from "./LayerClaim.js";
import { simulatorAllowed } from "./phrases.js";
import type { SettledAction, SettledLayer } from "./SettledAction.js";
import type { SimulatorClaim, SimulatorClaims } from "./simulatorClaims.js";
import type { UnderSimulator } from "./weighedBefore.js";

/** What is heard beside the policies. */
export interface Hearing {
  /** AWS's own words about this action, those that count first first. */
  words: readonly OwnWords[];
  simulator: SimulatorClaims;
  underSimulator: UnderSimulator;
}

const policiesAlone: readonly Source[] = Object.freeze(["policies"]);
const nobody: readonly Source[] = Object.freeze([]);
const wordsCount = "AWS's own words about this call count.";

/**
 * Settles what each layer says to an action: the denial's message, then CloudTrail, then what the read policies
 * definitely say, then the simulator; what contradicts is told, not averaged (specification, rule 9). Dry runs are heard
 * afterwards, by hearDryRun.
 */
export function settle(
  judged: ActionJudgement,
  { words, simulator, underSimulator }: Hearing,
  asked: Asked,
): SettledAction {
  const disagreements: Disagreement[] = [];
  const assumptions: string[] = [];
  let { access } = judged;
  const { action } = asked.question;
  const disagree = (layer: Layer, verdicts: Disagreement["verdicts"], note: string) => {
    disagreements.push({ layer, action, verdicts, note });
  };

  const settled = byLayer((layer): SettledLayer => {
    const judgement = judged.layers[layer];
    const own = verdictOf(judgement);
    const simulated = simulator[layer];
    const heard = words.find(({ claims }) => claims[layer] !== undefined);
    const said = heard?.claims[layer];
    if (heard !== undefined && said !== undefined && !(said.verdict === "allowed" && own === "notApplicable")) {
      if (own !== "unknown" && own !== said.verdict) {
        disagree(layer, { policies: own, [heard.source]: said.verdict }, wordsCount);
      }
      if (simulated !== undefined && simulated.verdict !== said.verdict && own !== said.verdict) {
        disagree(layer, { simulator: simulated.verdict, [heard.source]: said.verdict }, wordsCount);
      }
      if (layer === "key-policy" && said.verdict === "implicitDeny") access = closed;
      if (layer === "key-policy" && said.verdict === "allowed") {
        access = { ...access, exact: opened(access.exact, "true", []) };
      }
      return applied(judgement, said, heard.source, asked);
    }
    const plain = fromPolicies(judgement, own);
    if (simulated === undefined) return plain;
    if (own === "unknown") {
      if (!judgement.unread || contradictsReadPart(judgement, simulated)) return plain;
      if (simulated.verdict === "allowed") assumptions.push(simulatorAllowed(layer, action));
      return applied(judgement, simulated, "simulator", asked);
    }
    if (own === simulated.verdict) return { ...plain, sources: [...plain.sources, "simulator"] };
    if (own === "notApplicable" && simulated.verdict === "allowed") return plain;
    // With another context than the call's the simulator may well answer otherwise; that is no contradiction.
    const under = verdictOf(underSimulator(layer, simulated));
    if (under !== simulated.verdict && under !== "unknown") {
      disagree(
        layer,
        { policies: own, simulator: simulated.verdict },
        "The policies that were read count; one of the two may be older than the other.",
      );
    }
    return plain;
  });
  return {
    layers: settled,
    access,
    callersGrant: judged.callersGrant,
    disagreements,
    assumptions,
    isRefusedUnnamed: words.some(({ isRefusedUnnamed }) => isRefusedUnnamed),
  };
}

function fromPolicies(judgement: LayerJudgement, own: Verdict): SettledLayer {
  const isDefinite = own === "allowed" || own === "explicitDeny" || own === "implicitDeny";
  return { judgement, sources: isDefinite ? policiesAlone : nobody, isForced: false, remark: "" };
}

/** A part that was read may say surely what the simulator, with less context, could not see. */
function contradictsReadPart({ allows, readPart }: LayerJudgement, { verdict }: SimulatorClaim): boolean {
  return readPart !== null && verdict === "implicitDeny" && allows === "true";
}

/** A claim in the place of what the policies left open, or said otherwise. */
export function applied(judgement: LayerJudgement, claim: LayerClaim, source: Source, asked: Asked): SettledLayer {
  const sources: Source[] = verdictOf(judgement) === claim.verdict ? [source, "policies"] : [source];
  const decided = {
    ...judgement,
    applies: true,
    unread: false,
    readPart: null,
    takenToAllow: false,
    denyDependsOn: [],
    allowDependsOn: [],
  };
  const isWords = source === "denial-message" || source === "cloudtrail";
  switch (claim.verdict) {
    case "explicitDeny":
      return {
        judgement: { ...decided, denies: "true", denying: denying(judgement, claim, asked) },
        sources,
        isForced: false,
        remark: "",
      };
    case "implicitDeny": {
      const silent =
        judgement.silent.length > 0
          ? judgement.silent
          : [{ policy: claim.policy, statement: null, target: null, note: "" }];
      return {
        judgement: { ...decided, denies: "false", denying: [], allows: "false", silent },
        sources,
        isForced: isWords,
        remark: "",
      };
    }
    case "allowed": {
      // A Deny that was read and might apply is not undone by a source that does not know the whole context.
      const { readPart } = judgement;
      const isOpen = !isWords && readPart !== null && readPart.denies === "unknown";
      const denies = isOpen ? "unknown" : "false";
      return {
        judgement: { ...decided, denies, denyDependsOn: isOpen ? readPart.dependsOn : [], denying: [], allows: "true" },
        sources: isOpen ? [] : sources,
        isForced: false,
        remark: "",
      };
    }
  }
}

/** A settled action of which only what one source says is known. */
export function settledByWords(words: readonly OwnWords[], judged: ActionJudgement, asked: Asked): SettledAction {
  const layersOf = byLayer((layer): SettledLayer => {
    const heard = words.find(({ claims }) => claims[layer] !== undefined);
    const said = heard?.claims[layer];
    if (heard === undefined || said === undefined) {
      const open = {
        ...judged.layers[layer],
        applies: true,
        denies: "unknown" as const,
        allows: "unknown" as const,
        denyDependsOn: [],
        allowDependsOn: [],
        denying: [],
        silent: [],
        statements: [],
        takenToAllow: true,
        unread: false,
        readPart: null,
        note: "",
      };
      return { judgement: open, sources: nobody, isForced: false, remark: "" };
    }
    return applied(judged.layers[layer], said, heard.source, asked);
  });
  const isNamed = layers.some(
    (layer) => layersOf[layer].isForced || verdictOf(layersOf[layer].judgement) === "explicitDeny",
  );
  return {
    layers: layersOf,
    access: closed,
    callersGrant: judged.callersGrant,
    disagreements: [],
    assumptions: [],
    isRefusedUnnamed: !isNamed,
  };
}
