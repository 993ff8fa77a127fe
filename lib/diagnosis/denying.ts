import type { Layer } from "../facts/layers.js";
import { statementsNaming } from "../policy/matchStatements.js";
import type { StatementRef } from "../policy/StatementRef.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { Asked } from "../verdict/Asked.js";
import type { Finding, JudgedStatement, LayerJudgement } from "../verdict/LayerJudgement.js";
import type { LayerClaim } from "./LayerClaim.js";

/**
 * Who denies, by a source that may name the policy: the statements that were found to deny in it; else, where a single
 * one of a policy that was read can be meant, that one.
 */
export function denying(judgement: LayerJudgement, { policy }: LayerClaim, asked: Asked): readonly Finding[] {
  const found = judgement.denies === "true" ? judgement.denying : [];
  if (policy === null) {
    if (found.length > 0) return found;
    return [{ policy: judgement.silent[0]?.policy ?? null, statement: null, target: null, note: "" }];
  }
  const isNamed = (name: string, arn: string | undefined) =>
    policy.arn !== undefined ? arn === policy.arn : name === policy.name;
  if (found.some((finding) => finding.policy !== null && isNamed(finding.policy.name, finding.policy.arn)))
    return found;
  const meant = singleMeant(judgement, ({ name, arn }) => isNamed(name, arn), asked);
  const one = meant ?? { statement: null, target: null };
  return [{ policy, ...one, note: "" }, ...found];
}

/** A statement that a message can mean. */
type Meant = Pick<StatementRef, "policy" | "sid" | "index"> & Pick<JudgedStatement, "target">;

/** The one statement, at the one target, of a policy that a message can mean; null where there are none or several. */
function singleMeant(
  judgement: LayerJudgement,
  isNamed: (policy: Policy) => boolean,
  asked: Asked,
): Pick<Finding, "statement" | "target"> | null {
  const naming = denyingByAction(judgement.layer, isNamed, asked);
  const matched = naming.filter(({ policy, index, target }) =>
    judgement.statements.some(
      (one) =>
        one.ref.effect === "Deny" && one.ref.policy === policy && one.ref.index === index && one.target === target,
    ),
  );
  const possible = matched.length > 0 ? matched : naming;
  const [first, ...others] = possible;
  if (first === undefined || others.length > 0) return null;
  return { statement: { sid: first.sid, index: first.index }, target: first.target };
}

/** Statements that deny the action under whatever conditions. */
function denyingByAction(layer: Layer, isNamed: (policy: Policy) => boolean, asked: Asked): Meant[] {
  const levels = asked.inquiry.known.get(layer)?.levels ?? [];
  return levels.flatMap(({ places, target }) =>
    places.flatMap(({ policy, parsed }) =>
      (parsed === null || !isNamed(policy) ? [] : statementsNaming(parsed, asked.question.action))
        .filter(({ effect }) => effect === "Deny")
        .map(({ sid, index }) => ({ policy: policy.name, sid, index, target })),
    ),
  );
}
