import { again } from "../policy/again.js";
import { and } from "../policy/kleene.js";
import { statementsNaming } from "../policy/matchStatements.js";
import type { ParsedStatement } from "../policy/ParsedPolicy.js";
import type { PrincipalForm } from "../policy/StatementMatch.js";
import { grantPolicy } from "../policy/StatementRef.js";
import type { Asked } from "./Asked.js";
import { type GrantMatch, grantMatches } from "./grantMatches.js";
import { judgeLevel, keysOf, matchLevel } from "./judgeLevel.js";
import {
  type CallersGrant,
  closed,
  type KeyAccess,
  type KeyPath,
  keyAccess,
  noGrant,
  type OwnKeyJudgement,
  opened,
} from "./KeyAccess.js";
import type { KnownLevel, KnownPlace } from "./KnownLevels.js";
import { blank, type JudgedStatement, type LayerJudgement, notApplicable, unread } from "./LayerJudgement.js";
import { recalled } from "./recalled.js";

const layer = "key-policy";

/** The key policy's own judgement, and the ways that it and the grants open. */
export interface KeyPolicyJudgement {
  readonly judgement: LayerJudgement;
  /** Key policy and grants of the key's owner together. */
  readonly access: KeyAccess;
  readonly callersGrant: CallersGrant;
}

const untouched: KeyPolicyJudgement = { judgement: notApplicable[layer], access: closed, callersGrant: noGrant };

/**
 * The key policy, the root of trust of every KMS key, with the key's grants beside it. kms:RetireGrant is not
 * authorised by it, but a Deny of it counts.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export function keyPolicy(asked: Asked): KeyPolicyJudgement {
  if (asked.question.exempt.has(layer)) return untouched;
  const own = ownJudgement(asked);
  if (asked.question.action === "kms:RetireGrant") return { ...untouched, judgement: onlyDenials(own.judgement) };
  const grants = grantMatches(asked);
  if (grants.length === 0) return withUnreadGrants(asked, { ...own, callersGrant: noGrant });
  let { access } = own;
  let callersGrant = noGrant;
  for (const { path, truth, dependsOn, isCallers } of grants) {
    if (!isCallers) access = { ...access, [path]: opened(access[path], truth, dependsOn) };
    else if (path !== "account") {
      const exact =
        path === "exact" ? opened({ truth: callersGrant.exact, dependsOn: [] }, truth, []).truth : callersGrant.exact;
      callersGrant = { ...opened(callersGrant, truth, dependsOn), exact };
    }
  }
  const statements = [...own.judgement.statements, ...grants.map(statementOfGrant)];
  return withUnreadGrants(asked, { judgement: { ...own.judgement, statements }, access, callersGrant });
}

function statementOfGrant({ grantId, truth }: GrantMatch): JudgedStatement {
  return { ref: { policy: grantPolicy(grantId), sid: null, index: 0, effect: "Allow" }, target: null, truth };
}

/**
 * Unread grants are taken as none. Without that, one of a customer managed key may open every way, and one of the
 * caller's account may stand for its identity policies across accounts.
 */
function withUnreadGrants(asked: Asked, judged: KeyPolicyJudgement): KeyPolicyJudgement {
  const { key } = asked.inquiry;
  if (key.isAwsManaged || key.read?.grants.status === "read" || key.read?.grants.status === "none") return judged;
  asked.met.add("no-grants");
  if (!asked.without.has("no-grants")) return judged;
  return {
    ...judged,
    access: withOpenGrants(judged.access),
    callersGrant: key.isOwn ? judged.callersGrant : openGrant,
  };
}

const ofGrants: readonly string[] = Object.freeze(["key.grants"]);
const openGrant: CallersGrant = Object.freeze({ truth: "unknown", dependsOn: ofGrants, exact: "unknown" });
const opening = new WeakMap<KeyAccess, KeyAccess>();

/** The same object for the same ways. */
function withOpenGrants(access: KeyAccess): KeyAccess {
  const known = opening.get(access) ?? { ...access, exact: opened(access.exact, "unknown", ofGrants) };
  opening.set(access, known);
  return known;
}

function ownJudgement(asked: Asked): OwnKeyJudgement {
  const evidence = asked.inquiry.evidence[layer];
  if (evidence.status === "unread") {
    return ofUnread(unread(layer, evidence.path, evidence.reason));
  }
  const known = asked.inquiry.known.get(layer);
  const [level] = known?.levels ?? [];
  const place = level?.places[0];
  if (known === undefined || level === undefined || place === undefined) {
    return { judgement: silence, access: closed };
  }
  return recalled(known.ofKeyPolicy, known.asksWho, asked, () => ofDocument(asked, level, place));
}

const silence: LayerJudgement = {
  ...blank[layer],
  silent: [{ policy: null, statement: null, target: null, note: "" }],
};

const ofUnread = again(
  (judgement: LayerJudgement): OwnKeyJudgement => ({
    judgement,
    access: keyAccess({ truth: "unknown", dependsOn: judgement.allowDependsOn }),
  }),
);

function ofDocument(asked: Asked, level: KnownLevel, place: KnownPlace): OwnKeyJudgement {
  const found = matchLevel(asked, level);
  const silent = { policy: place.ref, statement: null, target: null, note: "" };
  const judgement = judgeLevel(layer, found, silent);
  const { parsed } = place;
  if (judgement.unread || parsed === null)
    return { judgement, access: keyAccess({ truth: "unknown", dependsOn: [place.path] }) };
  const allows = found.matches.filter(({ match }) => match.effect === "Allow");
  if (allows.length === 0) return { judgement, access: closed };
  const naming = statementsNaming(parsed, asked.question.action);
  let access = closed;
  for (const { match } of allows) {
    const statement = naming.find(({ index }) => index === match.index);
    for (const { form, truth } of match.forms) {
      const path = pathOf(form, statement, asked);
      access = { ...access, [path]: opened(access[path], and(match.truth, truth), keysOf(match)) };
    }
  }
  return { judgement, access };
}

function pathOf(form: PrincipalForm, statement: ParsedStatement | undefined, asked: Asked): KeyPath {
  switch (form) {
    case "user":
    case "session":
    case "federated-user":
    case "service":
    case "none":
    case "not-principal":
      return "exact";
    case "role":
    // AWS: a session of the federated user is limited where the policy names the IAM user who federated.
    case "issuer":
      return "role";
    case "everyone":
      return statement?.conditions.some(namesPrincipal) ? "exact" : "everyone";
    case "account":
      return asked.inquiry.caller.kind === "root" ? "exact" : "account";
  }
}

/** `*` with a condition that names principals by aws:PrincipalArn grants to those principals. */
function namesPrincipal({ key, operator }: ParsedStatement["conditions"][number]): boolean {
  return key.toLowerCase() === "aws:principalarn" && !/Not|^Null$/.test(operator);
}

/** kms:RetireGrant: what the policy denies or might deny; its Allows say nothing. */
function onlyDenials(judgement: LayerJudgement): LayerJudgement {
  if (judgement.denies === "false") return notApplicable[layer];
  return {
    ...judgement,
    allows: "true",
    statements: judgement.statements.filter(({ ref }) => ref.effect === "Deny"),
  };
}
