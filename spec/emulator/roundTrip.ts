import type { ClientSettings } from "../../lib/aws/ClientSettings.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { collectEvidence } from "../../lib/evidence/collectEvidence.js";
import type { Emulator } from "../../lib/replay/index.js";
import { worldFromSnapshot } from "../../lib/replay/index.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";

/**
 * A snapshot without what no API can tell (specification, section 7): session and VPC endpoint policies, session tags,
 * caller-given context, and who is behind a federated user; and without dry runs, which are not asked for.
 */
export function asFarAsApisTell(snapshot: Snapshot): Snapshot {
  const { caller, policies, dryRun: _, ...rest } = snapshot;
  const { sessionTags: __, issuerArn: ___, ...told } = caller;
  const unasked = { status: "unreadable", reason: "no API tells" } as const;
  const isFederated = caller.arn.includes(":federated-user/");
  return {
    ...rest,
    caller: { ...told, ...(isFederated && { tags: { status: "notRead" as const } }) },
    context: {},
    policies: {
      ...policies,
      ...(isFederated && { identity: unasked, permissionsBoundary: unasked }),
      session: { status: "notRead" },
      vpcEndpoint: { status: "notRead" },
    },
    simulation: { status: "notRead" },
  };
}

const isUnread = ({ status }: { status: string }) => status === "unreadable" || status === "notRead";

/** Why no world can hold what a snapshot says; null where one can. */
export function whyNotServable({ request, caller, policies, key, organization }: Snapshot): string | null {
  if (/:sts::\d+:role\//.test(caller.principalArn)) return "an ARN that no principal has";
  const isOthers = key.status === "read" && key.value.accountId !== request.accountId;
  if (isOthers && key.value.organization?.status === "none") return "no API tells that others are in no organization";
  if (key.status === "read" && key.value.policy.status === "none") return "a key that answers has a policy";
  if (isUnread(organization) && !isUnread(policies.serviceControl)) {
    return "the ARNs of account and root, whose policies were read, tell the organization";
  }
  const isHalfRead = isUnread(caller.tags) !== isUnread(policies.permissionsBoundary);
  if (isHalfRead && /principaltag|NotPrincipal/i.test(JSON.stringify([policies, key]))) {
    return "GetRole and GetUser tell tags and boundary together";
  }
  const isRoleUnread = caller.arn.includes(":assumed-role/") && isUnread(caller.tags);
  if (isRoleUnread && /principalarn|:role\//i.test(JSON.stringify([policies, key]))) {
    return "GetRole, which tells neither tags nor boundary here, tells the role's path too";
  }
  return null;
}

/** Serves a snapshot's world and collects the same request's evidence live, as the auditor. */
export async function collectedAgain(emulator: Emulator, snapshot: Snapshot): Promise<Snapshot> {
  emulator.reset(worldFromSnapshot(snapshot));
  const { request } = snapshot;
  const settings = (credentials: ClientSettings["credentials"]): ClientSettings => ({
    region: request.region,
    ...(credentials !== undefined && { credentials }),
    endpoints: { iam: emulator.url, sts: emulator.url, kms: emulator.url, organizations: emulator.url },
  });
  const { snapshot: collected } = await collectEvidence(
    {
      backupVaultName: request.backupVaultName,
      backupVaultTags: request.backupVaultTags,
      region: request.region,
      ...(request.encryptionKeyArn !== null && { encryptionKeyArn: request.encryptionKeyArn }),
      // A role of which no session is known is asked about by somebody else.
      ...(snapshot.caller.arn.includes(":role/") && { principalArn: snapshot.caller.arn }),
    },
    {
      caller: settings(emulator.clientConfig().credentials),
      evidence: settings(emulator.auditor),
      signal: AbortSignal.timeout(120_000),
      denial: snapshot.denial,
      now: () => new Date(snapshot.capturedAt),
    },
  );
  return collected;
}

/**
 * What a round trip keeps of a diagnosis. Blockers that the specification's order does not tell apart (two policies of
 * one layer) stand as their policies are listed, which no API keeps: they are sorted.
 */
export function kept({ outcome, blockingLayer, blockers, actions }: Diagnosis) {
  return {
    outcome,
    blockingLayer,
    blockers: blockers
      .map(({ layer, effect, actions: blocked, certainty, policy, statement, target }) =>
        JSON.stringify({ layer, effect, blocked, certainty, policy: policy?.name, statement, target }),
      )
      .sort(),
    verdicts: Object.fromEntries(actions.map(({ action, verdict }) => [action, verdict])),
  };
}
