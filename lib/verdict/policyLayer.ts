import { type Layer, type PolicyLayer, takenToAllowUnread } from "../facts/layers.js";
import { and, or } from "../policy/kleene.js";
import type { Asked } from "./Asked.js";
import { judgeLevel, matchLevel } from "./judgeLevel.js";
import type { KnownLevel } from "./KnownLevels.js";
import { blank, type Finding, type LayerJudgement, notApplicable, unique, unread } from "./LayerJudgement.js";
import { recalled } from "./recalled.js";

const nobody: Finding = Object.freeze({ policy: null, statement: null, target: null, note: "" });

/**
 * What a layer of policies says, but the key policy, to a question.
 *
 * - identity policies, boundary, session policy, VPC endpoint policy: their documents as a union
 * - service control policies: every level, from the root to the account, must allow
 * - resource control policies: they only deny, since RCPFullAWSAccess is always in force
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_auth.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function policyLayer(layer: Exclude<PolicyLayer, "key-policy">, asked: Asked): LayerJudgement {
  if (asked.question.exempt.has(layer)) return notApplicable[layer];
  const evidence = asked.inquiry.evidence[layer];
  switch (evidence.status) {
    case "none":
      return layer === "identity-policy" ? silentIdentity : notApplicable[layer];
    case "unread":
      return unread(layer, evidence.path, evidence.reason);
    case "read": {
      const known = asked.inquiry.known.get(layer);
      if (known === undefined || isNoLayer(layer, known.levels)) return notApplicable[layer];
      return recalled(known.ofLayer, known.asksWho, asked, () => takenToAllow(judged(layer, asked, known.levels)));
    }
  }
}

const silentIdentity: LayerJudgement = Object.freeze({ ...blank["identity-policy"], silent: [nobody] });

/** No policy type enabled in the organization, or a session that was made without policies. */
function isNoLayer(layer: Layer, levels: readonly KnownLevel[]): boolean {
  return levels.length === 0 || (layer === "session-policy" && levels[0]?.places.length === 0);
}

function judged(
  layer: Exclude<PolicyLayer, "key-policy">,
  asked: Asked,
  levels: readonly KnownLevel[],
): LayerJudgement {
  const each = levels.map((level) => judgeLevel(layer, matchLevel(asked, level), silenceOf(layer, level)));
  const [only = blank[layer]] = each;
  if (layer !== "service-control-policy" && layer !== "resource-control-policy") return only;
  const onlyDenies = layer === "resource-control-policy";
  const isUnread = each.some((level) => level.unread);
  const denies = or(...each.map((level) => level.denies));
  return {
    ...blank[layer],
    denies,
    allows: onlyDenies ? "true" : and(...each.map(({ allows }) => allows)),
    denyDependsOn: unique(each.flatMap(({ denyDependsOn }) => denyDependsOn)),
    allowDependsOn: onlyDenies
      ? []
      : unique(each.filter(({ allows }) => allows === "unknown").flatMap(({ allowDependsOn }) => allowDependsOn)),
    denying: each.flatMap(({ denying }) => denying),
    silent: onlyDenies ? [] : each.filter(({ allows }) => allows === "false").flatMap(({ silent }) => silent),
    statements: each.flatMap(({ statements }) =>
      onlyDenies ? statements.filter(({ ref }) => ref.effect === "Deny") : statements,
    ),
    unread: isUnread,
    readPart: isUnread
      ? {
          denies: or(...each.map((level) => (level.readPart ?? level).denies)),
          dependsOn: unique(each.flatMap((level) => level.readPart?.dependsOn ?? level.denyDependsOn)),
        }
      : null,
    note: unique(each.map(({ note }) => note).filter((note) => note !== "")).join("; "),
  };
}

/** Whose silence it would be: nobody's where any policy could have allowed. */
function silenceOf(layer: PolicyLayer, { target, name, places }: KnownLevel): Finding {
  switch (layer) {
    case "service-control-policy":
    case "resource-control-policy":
      return { policy: null, statement: null, target, note: name ?? "" };
    case "permissions-boundary":
    case "vpc-endpoint-policy":
    case "key-policy": {
      const [policy = null] = places.map(({ ref }) => ref);
      return { ...nobody, policy };
    }
    case "identity-policy":
    case "session-policy":
      return nobody;
  }
}

/** Of what is taken to allow unread, what it surely denies still stands (specification, rules 2 and 14). */
function takenToAllow(judgement: LayerJudgement): LayerJudgement {
  if (!judgement.unread || judgement.denies === "true" || !takenToAllowUnread.has(judgement.layer)) return judgement;
  return { ...judgement, takenToAllow: true };
}
