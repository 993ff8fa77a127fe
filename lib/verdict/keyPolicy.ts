import type { ParsedStatement } from "../policy/ParsedPolicy.js";
import type { PrincipalForm } from "../policy/StatementMatch.js";
import { callKind } from "../request/callKind.js";
import type { Policy } from "../snapshot/Snapshot.js";
import { type GrantMatch, grantAccess } from "./grantAccess.js";
import type { Judging } from "./Judging.js";
import { judgeDocuments, matchDocuments, policyRef } from "./judgeDocuments.js";
import { closed, type KeyAccess, type KeyPath, keyAccess, keyPaths } from "./KeyAccess.js";
import { and, or } from "./kleene.js";
import { blank, type LayerJudgement, notApplicable, unique, unread } from "./LayerJudgement.js";
import { publishedKeyPolicy } from "./publishedKeyPolicy.js";
import { unreadReason } from "./unreadReason.js";

const layer = "key-policy";

/** The key policy's own judgement, and the ways that it and the grants open. */
export interface KeyPolicyJudgement {
  judgement: LayerJudgement;
  /** Key policy and grants of the key's owner together. */
  access: KeyAccess;
  /** Grants of the caller's account on another account's key, which stand for the identity policy. */
  callersGrant: { truth: KeyAccess["exact"]["truth"]; dependsOn: string[] };
}

const noGrant: KeyPolicyJudgement["callersGrant"] = { truth: "false", dependsOn: [] };

/**
 * The key policy, the root of trust of every KMS key, with the key's grants beside it. kms:RetireGrant is not
 * authorised by it, but a Deny of it counts.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export function keyPolicy(judging: Judging): KeyPolicyJudgement {
  const { snapshot, action, key } = judging;
  if (callKind(action) !== "kms") return { judgement: notApplicable(layer), access: closed(), callersGrant: noGrant };
  if (snapshot.key.status === "none" && !key.isDefault) {
    return { judgement: notApplicable(layer), access: closed(), callersGrant: noGrant };
  }
  const own = ownJudgement(judging);
  if (action === "kms:RetireGrant") {
    return { judgement: onlyDenials(own.judgement), access: closed(), callersGrant: noGrant };
  }
  const grants = key.read?.grants.status === "read" ? grantAccess(judging, key.read.grants.value) : [];
  return {
    judgement: {
      ...own.judgement,
      statements: [...own.judgement.statements, ...grants.map(({ ref }) => ref)],
    },
    access: withGrants(
      own.access,
      grants.filter(({ byCallersAccount }) => !byCallersAccount),
    ),
    callersGrant: grants
      .filter(({ byCallersAccount, path }) => byCallersAccount && path !== "account")
      .reduce(
        (before, grant) => ({
          truth: or(before.truth, grant.truth),
          dependsOn: unique([...before.dependsOn, ...grant.dependsOn]),
        }),
        noGrant,
      ),
  };
}

/** The key policy to go by: the one that was read, or for alias/aws/backup the published one; null where neither is. */
export function keyPolicyInForce({ snapshot, key }: Judging): Policy | null {
  const evidence = key.read?.policy;
  if (evidence?.status === "read") return evidence.value;
  return key.isDefault ? publishedKeyPolicy(snapshot) : null;
}

function ownJudgement(judging: Judging): { judgement: LayerJudgement; access: KeyAccess } {
  const { snapshot, key } = judging;
  const policy = keyPolicyInForce(judging);
  if (policy === null) {
    const evidence = key.read?.policy;
    if (evidence?.status === "none") {
      return { judgement: { ...blank(layer), silent: [silentPolicy(null)] }, access: closed() };
    }
    const path = evidence === undefined ? "key" : "key.policy";
    const reason = unreadReason(evidence ?? snapshot.key);
    return { judgement: unread(layer, path, reason), access: keyAccess("unknown", [path]) };
  }

  const found = matchDocuments(judging, [policy], () => "key.policy", true);
  const judgement = { ...judgeDocuments(layer, found, null), silent: [silentPolicy(policy)] };
  if (found.damage.length > 0) return { judgement, access: keyAccess("unknown", ["key.policy"]) };
  const access = closed();
  const parsed = judging.read(policy, true);
  for (const { match } of found.matches) {
    if (match.effect !== "Allow") continue;
    const statement = parsed.statements.find(({ index }) => index === match.index);
    for (const { form, truth } of match.forms) {
      open(access, pathOf(form, statement, judging), and(match.truth, truth), match.dependsOn);
    }
  }
  return { judgement, access };
}

function silentPolicy(policy: Policy | null) {
  return { policy: policy === null ? null : policyRef(policy), statement: null, target: null, note: "" };
}

function open(
  access: KeyAccess,
  path: KeyPath,
  truth: "true" | "false" | "unknown",
  dependsOn: readonly string[],
): void {
  access[path] = {
    truth: or(access[path].truth, truth),
    dependsOn: unique([...access[path].dependsOn, ...dependsOn]),
  };
}

function pathOf(form: PrincipalForm, statement: ParsedStatement | undefined, judging: Judging): KeyPath {
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
      return judging.request.principal?.kind === "root" ? "exact" : "account";
  }
}

/** `*` with a condition that names principals by aws:PrincipalArn grants to those principals. */
function namesPrincipal({ key, operator }: ParsedStatement["conditions"][number]): boolean {
  return key.toLowerCase() === "aws:principalarn" && !/Not|^Null$/.test(operator);
}

function withGrants(access: KeyAccess, grants: readonly GrantMatch[]): KeyAccess {
  const together = { ...access };
  for (const grant of grants) open(together, grant.path, grant.truth, grant.dependsOn);
  return together;
}

/** kms:RetireGrant: what the policy denies or might deny; its Allows say nothing. */
function onlyDenials(judgement: LayerJudgement): LayerJudgement {
  if (judgement.denies === "false") return notApplicable(layer);
  return {
    ...judgement,
    allows: "true",
    statements: judgement.statements.filter(({ effect }) => effect === "Deny"),
  };
}

/** Whether any way is open, whoever must agree besides. */
export function anyPath(access: KeyAccess): KeyAccess["exact"]["truth"] {
  return or(...keyPaths.map((path) => access[path].truth));
}
