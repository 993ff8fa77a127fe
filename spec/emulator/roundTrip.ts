import type { ClientSettings } from "../../lib/aws/ClientSettings.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { Emulator } from "../../lib/emulator/index.js";
import { worldFromSnapshot } from "../../lib/emulator/index.js";
import { collectEvidence } from "../../lib/evidence/collectEvidence.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";

type Key = Extract<Snapshot["key"], { status: "read" }>["value"];

/** DescribeKey tells all or nothing. */
function wholeMetadata(key: Key): Key {
  if (key.state === null) return key;
  const multiRegion = key.multiRegion ?? false;
  return {
    ...key,
    keySpec: key.keySpec ?? "SYMMETRIC_DEFAULT",
    keyUsage: key.keyUsage ?? "ENCRYPT_DECRYPT",
    origin: key.origin ?? "AWS_KMS",
    multiRegion,
    ...(multiRegion && { multiRegionKeyType: key.multiRegionKeyType ?? "PRIMARY" }),
  };
}

/**
 * A snapshot without what no API can tell (contract, section 7), or that a collector does not ask: session and VPC
 * endpoint policies, session tags, caller-given context, the simulator, dry runs, and who is behind a federated user.
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
    key: snapshot.key.status === "read" ? { status: "read", value: wholeMetadata(snapshot.key.value) } : snapshot.key,
    simulation: { status: "notRead" },
  };
}

/** Why no world can hold what a snapshot says; null where one can. */
export function whyNotServable({ request, caller, policies, key, organization }: Snapshot): string | null {
  const account = request.accountId;
  if (/:sts::\d+:role\//.test(caller.principalArn)) return "an ARN that no principal has";
  if (caller.userId === undefined) return "GetCallerIdentity always tells the userId";
  if (organization.status === "none" && policies.serviceControl.status === "read") return "policies of no organization";
  if (key.status === "read") {
    const { arn, accountId, manager, state } = key.value;
    if (arn.split(":")[3] !== request.region) return "KMS tells nothing of a key in another Region";
    if (arn.split(":")[4] !== accountId) return "a key whose ARN and account differ";
    if ((manager === null) !== (state === null)) return "metadata that was half read";
    const { organization: owners } = key.value;
    if (accountId !== account && owners?.status === "none") return "no API tells that others are in no organization";
    if (key.value.multiRegionKeyType !== undefined && key.value.multiRegion === false) return "a type of no replica";
    if (accountId !== account && owners?.status === "read" && organization.status === "read") {
      if (owners.value.id !== organization.value.id) return "the organization of another organization's key";
    }
  }
  if (key.status === "none" && request.encryptionKeyArn?.split(":")[3] !== request.region) return "another Region";
  if (caller.principalArn.endsWith("/Deployer") && caller.tags.status !== "none" && caller.tags.status !== "read") {
    if (/role\/.+\/Deployer$/.test(caller.principalArn)) return "a path that is known although the role was not read";
  }
  if (policies.permissionsBoundary.status === "unreadable" && caller.tags.status !== "unreadable") {
    return "GetRole and GetUser tell that there is a boundary together with the tags";
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
    },
    {
      caller: settings(emulator.clientConfig().credentials),
      evidence: settings(emulator.auditor),
      signal: AbortSignal.timeout(10_000),
      denial: snapshot.denial,
      now: () => new Date(snapshot.capturedAt),
    },
  );
  return { ...collected, simulation: { status: "notRead" } };
}

/**
 * What a round trip keeps of a diagnosis. Blockers that the contract's order does not tell apart (two policies of one
 * layer) stand as their policies are listed, which no API keeps: they are sorted.
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
