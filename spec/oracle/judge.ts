import type { Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { contextOf } from "./contextOf.js";
import { areWhole, documentsOf } from "./documentsOf.js";
import type { Filling } from "./Filling.js";
import { grantForms } from "./grantForms.js";
import { hasTemporaryCredentials } from "./hasTemporaryCredentials.js";
import { keyAskedFor } from "./keyAskedFor.js";
import { keyStateRefuses } from "./keyStateRefuses.js";
import { known } from "./known.js";
import type { Layer } from "./Layer.js";
import { resourceControlSays, serviceControlSays } from "./organizationPolicies.js";
import { policiesSay, type Say } from "./policiesSay.js";
import { principalOf } from "./principalOf.js";
import type { Question } from "./Question.js";
import { type RequestedAction, requestedActions } from "./requestedActions.js";
import { resourcePolicyForms } from "./resourcePolicyForms.js";
import { silentBlockers } from "./silentBlockers.js";
import { withSession } from "./withSession.js";

export interface Judgement {
  allowed: boolean;
  explicitlyDenied: boolean;
  deniedBy: { layer: Layer; effect: "explicitDeny" | "implicitDeny" }[];
}

/** The call that is judged: AWS Backup's and the caller's own for the vault, or one that the caller itself makes to KMS. */
export type Call = "for the vault" | "direct";

/**
 * The naive second judge: whether each of the seven actions is allowed, and which layers refuse it. Two-valued: what
 * the snapshot leaves open the filling decides. Written from AWS's documentation and the specification, sharing no code
 * with lib.
 */
export function judge(given: Snapshot, filling: Filling = {}): Record<RequestedAction, Judgement> {
  const snapshot = withSession(given, filling);
  const judgements = requestedActions.map((action) => [action, judgeAction(snapshot, action, filling)] as const);
  return Object.fromEntries(judgements) as Record<RequestedAction, Judgement>;
}

/** One of the seven alone, or backup:TagResource. */
export function judgeOne(
  snapshot: Snapshot,
  action: RequestedAction | "backup:TagResource",
  filling: Filling = {},
): Judgement {
  return judgeAction(withSession(snapshot, filling), action, filling);
}

/** backup:TagResource on the vault, which the tags of the same call need (specification, rule 16). */
export function judgeTagging(snapshot: Snapshot, filling: Filling = {}): Judgement {
  return judgeAction(withSession(snapshot, filling), "backup:TagResource", filling);
}

/** A call of the caller itself to KMS, as a dry run is: with the caller's own context, and nothing of AWS Backup's. */
export function judgeDirectCall(snapshot: Snapshot, action: RequestedAction, filling: Filling = {}): Judgement {
  return judgeAction(withSession(snapshot, filling), action, filling, "direct");
}

function judgeAction(
  snapshot: Snapshot,
  action: RequestedAction | "backup:TagResource",
  filling: Filling,
  call: Call = "for the vault",
): Judgement {
  const { policies, request } = snapshot;
  const key = keyAskedFor(snapshot, filling);
  const isRoot = snapshot.caller.arn.endsWith(":root");
  const boundary = isRoot ? null : known(policies.permissionsBoundary, filling.permissionsBoundary);
  const principal = principalOf(snapshot.caller, boundary !== null);
  const question: Question = {
    action,
    resource: resourceOf(snapshot, action, key.arn),
    principal,
    contextValue: contextOf(snapshot, key, action, filling, call),
    undocumented: (fact) => {
      if (filling.undocumented === undefined) throw new Error(`AWS does not document: ${fact}`);
      return filling.undocumented(fact);
    },
  };
  const say = (documents: Policy[] | null): Say =>
    documents === null ? "allow" : policiesSay(documentsOf(documents, filling), question);
  // What of session and endpoint policies was not read is taken to allow; what was read of them may deny.
  const sayAsRead = (documents: Policy[] | null): Say => {
    if (documents === null || areWhole(documents)) return say(documents);
    return policiesSay(documentsOf(documents, {}), question) === "deny" ? "deny" : "allow";
  };

  // Session policies come with temporary credentials. The root user has neither identity policies nor a boundary.
  const identity = isRoot ? "allow" : say(known(policies.identity, filling.identity) ?? []);
  const limit = boundary === null ? "allow" : say([boundary]);
  const session = hasTemporaryCredentials(snapshot) ? sayAsRead(known(policies.session, filling.session)) : "allow";
  const serviceControl = serviceControlSays(snapshot, question, filling);
  const resourceControl = resourceControlSays(snapshot, key, question, filling);
  const endpoint = known(policies.vpcEndpoint, filling.vpcEndpoint);
  const vpcEndpoint = !action.startsWith("backup:") || endpoint === null ? "allow" : sayAsRead([endpoint]);
  const keyPolicy = action.startsWith("kms:") && key.policy !== null ? policiesSay([key.policy], question) : "silence";

  const explicit = (
    [
      ["identity-policy", identity],
      ["permissions-boundary", limit],
      ["session-policy", session],
      ["service-control-policy", serviceControl],
      ["resource-control-policy", resourceControl],
      ["key-policy", keyPolicy],
      ["vpc-endpoint-policy", vpcEndpoint],
    ] as const
  )
    .filter(([, said]) => said === "deny")
    .map(([layer]) => layer);

  // A policy cannot allow kms:RetireGrant, only deny it; and Backup's own actions have no policy on the resource's
  // side.
  const asksTheKey = action.startsWith("kms:") && action !== "kms:RetireGrant" && key.exists;
  const granted = asksTheKey ? grantForms(key.grants, key.accountId, question) : [];
  const sameAccount = !asksTheKey || key.accountId === request.accountId;
  const byOwner = granted.filter(({ issuingAccount }) => sameAccount || issuingAccount === key.accountId);
  const silent = silentBlockers({
    sameAccount,
    forms: asksTheKey
      ? [...(key.policy === null ? [] : resourcePolicyForms(key.policy, question)), ...byOwner.map(({ form }) => form)]
      : ["account"],
    grantedByCallersAccount: granted.some(
      ({ issuingAccount, form }) => issuingAccount === request.accountId && form !== "account",
    ),
    isExactlyGranted: granted.some(
      ({ issuingAccount, form }) => issuingAccount === request.accountId && form === "exact",
    ),
    identityAllows: identity === "allow",
    boundaryAllows: limit === "allow",
    sessionAllows: session === "allow",
    limitsHoldForAnyone: () => question.undocumented("limits-hold-for-anyone"),
    limitsHoldAcross: () => question.undocumented("limits-hold-across"),
  });
  const implicit: Layer[] = [
    ...silent,
    ...(serviceControl === "silence" ? (["service-control-policy"] as const) : []),
    ...(vpcEndpoint === "silence" ? (["vpc-endpoint-policy"] as const) : []),
    ...(keyStateRefuses(snapshot, key, action, filling) ? (["key-state"] as const) : []),
  ];

  return {
    allowed: explicit.length === 0 && implicit.length === 0,
    explicitlyDenied: explicit.length > 0,
    deniedBy: [
      ...explicit.map((layer) => ({ layer, effect: "explicitDeny" as const })),
      // Where a layer denies explicitly, its silence is no further reason.
      ...implicit
        .filter((layer) => !(explicit as Layer[]).includes(layer))
        .map((layer) => ({ layer, effect: "implicitDeny" as const })),
    ],
  };
}

function resourceOf({ request }: Snapshot, action: string, keyArn: string): string {
  if (action === "backup-storage:MountCapsule") return "*";
  if (action.startsWith("kms:")) return keyArn;
  const { partition, region, accountId, backupVaultName } = request;
  return `arn:${partition}:backup:${region}:${accountId}:backup-vault:${backupVaultName}`;
}
