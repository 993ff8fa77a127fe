import { reasonOf } from "../aws/Answer.js";
import { type AwsReader, awsReader } from "../aws/awsReader.js";
import type { ClientSettings } from "../aws/ClientSettings.js";
import { type DiagnosticClients, diagnosticClients } from "../aws/diagnosticClients.js";
import type { EvidenceCall } from "../aws/EvidenceCall.js";
import { wideSignal } from "../aws/wideSignal.js";
import { type CallerArn, parseCallerArn } from "../caller/parseCallerArn.js";
import { readDenial } from "../denial/readDenial.js";
import type { VaultRequest } from "../request/VaultRequest.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Caller, Snapshot } from "../snapshot/Snapshot.js";
import { ablation, openLayers } from "./ablation.js";
import type { CollectOptions } from "./CollectOptions.js";
import { dryRun } from "./dryRun.js";
import { key as readKey } from "./key.js";
import { organizationReader } from "./organization.js";
import { type PrincipalEvidence, type PrincipalFacts, principal } from "./principal.js";
import type { Reading } from "./Reading.js";
import { explainRead } from "./requiredReads.js";
import { simulation } from "./simulation.js";
import { skippedSnapshot } from "./skippedSnapshot.js";

/** The session name that a role in question is given where no session of it is known. */
const assumedSession = "backup-vault-access";

/**
 * Collects the evidence about one request: everything side by side, as early as its inputs allow, under one signal. It
 * never rejects; what is refused, fails or is not answered in time is evidence too, with its reason.
 *
 * @param request already validated
 */
export async function collectEvidence(
  request: VaultRequest,
  options: CollectOptions,
): Promise<{ snapshot: Snapshot; calls: EvidenceCall[] }> {
  if (options.skip !== undefined) return { snapshot: skippedSnapshot(request, options, options.skip), calls: [] };
  const { signal, release } = wideSignal(options.signal);
  const reader = await awsReader({
    signal,
    explain: explainRead,
    ...(options.inFlight !== undefined && { inFlight: options.inFlight }),
    ...(options.callLimit !== undefined && { callLimit: options.callLimit }),
    ...(options.clock !== undefined && { clock: options.clock }),
  });
  const { memory } = options;
  const clientsOf = (reader: "caller" | "evidence" | "organization", settings: ClientSettings) =>
    diagnosticClients(settings, memory && { memory, reader });
  const callerClients = clientsOf("caller", options.caller);
  const evidenceClients = options.evidence === undefined ? callerClients : clientsOf("evidence", options.evidence);
  const organizationClients =
    options.organization === undefined ? evidenceClients : clientsOf("organization", options.organization);
  try {
    // Loaded before anything is asked: from here on nothing rejects, whichever call comes first.
    await Promise.all([
      callerClients.sts(),
      evidenceClients.sts(),
      evidenceClients.iam(),
      evidenceClients.kms(),
      callerClients.kms(),
      organizationClients.organizations(),
    ]);
    const snapshot = await collect(request, options, reader, { callerClients, evidenceClients, organizationClients });
    return { snapshot, calls: reader.calls };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      snapshot: skippedSnapshot(request, options, `the evidence could not be read: ${reason}`),
      calls: reader.calls,
    };
  } finally {
    release();
    for (const clients of new Set([callerClients, evidenceClients, organizationClients])) clients.destroy();
  }
}

interface Clients {
  callerClients: DiagnosticClients;
  evidenceClients: DiagnosticClients;
  organizationClients: DiagnosticClients;
}

async function collect(
  request: VaultRequest,
  options: CollectOptions,
  reader: AwsReader,
  { callerClients, evidenceClients, organizationClients }: Clients,
): Promise<Snapshot> {
  const capturedAt = (options.now?.() ?? new Date()).toISOString();
  const reading: Reading = { clients: evidenceClients, reader };
  const encryptionKeyArn = request.encryptionKeyArn ?? null;

  const identity = whoIs({ clients: callerClients, reader }, request.principalArn);
  const keyEvidence = readKey(reading, encryptionKeyArn);
  const organizations = organizationReader({ clients: organizationClients, reader });

  const answered = await identity;
  const told = "reason" in answered ? (namedByDenial(options.denial) ?? answered) : answered;
  if ("reason" in told) {
    const skipped = skippedSnapshot(request, options, `who calls is not known: ${told.reason}`);
    return { ...skipped, key: await keyEvidence };
  }
  const { parsed } = told;
  const isSelf = options.evidence === undefined && request.principalArn === undefined;
  const accountId = parsed.accountId;
  const keyAccount = encryptionKeyArn?.split(":")[4];
  const behind = entityBehind(parsed);
  const entity: PrincipalEvidence | null = behind === null ? null : principal(reading, behind, told.arn, isSelf);
  const own = organizations.account(Promise.resolve(accountId), true, "SERVICE_CONTROL_POLICY");
  // alias/aws/backup is an AWS managed key, which no resource control policy touches.
  const owners =
    keyAccount === undefined
      ? null
      : organizations.account(Promise.resolve(keyAccount), keyAccount === accountId, "RESOURCE_CONTROL_POLICY");

  const facts = entity === null ? null : await entity.facts;
  const caller = callerOf(told, facts);
  const key = keyEvidence.then(async (evidence): Promise<Snapshot["key"]> => {
    if (evidence.status !== "read") return evidence;
    const { organization } = owners === null || keyAccount === accountId ? { organization: undefined } : await owners;
    return {
      status: "read",
      value: { ...evidence.value, ...(organization !== undefined && { organization }) },
    };
  });
  const bare = bareSnapshot(request, options, capturedAt, caller, facts);
  // The simulator needs the key's ARN, which for alias/aws/backup KMS tells; the rest of the key is not waited for.
  const simulated = keyArnOf(encryptionKeyArn, keyEvidence).then(async (arn): Promise<Snapshot["simulation"]> => {
    const first = await simulation(reading, withKeyArn(bare, arn));
    if (first.status !== "read" || entity === null) return first;
    const open = openLayers(await entity.identity, await entity.permissionsBoundary);
    return { status: "read", value: [...first.value, ...(await ablation(reading, first.value, open))] };
  });
  const probed =
    options.probe === "dry-run" && request.principalArn === undefined
      ? keyArnOf(encryptionKeyArn, keyEvidence).then(
          (arn): Promise<Snapshot["dryRun"]> =>
            arn === null
              ? Promise.resolve({ status: "notRead" })
              : dryRun({ clients: callerClients, reader }, arn, caller.principalArn),
        )
      : Promise.resolve(undefined);

  const [
    identityPolicies,
    permissionsBoundary,
    { organization, targets },
    ownerTargets,
    keyRead,
    simulationRead,
    dryRunRead,
  ] = await Promise.all([
    entity?.identity ?? unasked(parsed),
    entity?.permissionsBoundary ?? unasked(parsed),
    own,
    owners?.then((one) => one.targets) ?? ({ status: "notRead" } as const),
    key,
    simulated,
    probed,
  ]);
  return {
    ...bare,
    policies: {
      ...bare.policies,
      identity: identityPolicies,
      permissionsBoundary,
      serviceControl: targets,
      resourceControl: ownerTargets,
    },
    key: keyRead,
    organization,
    simulation: simulationRead,
    ...(dryRunRead !== undefined && { dryRun: dryRunRead }),
  };
}

interface Identity {
  arn: string;
  userId: string | undefined;
  parsed: CallerArn;
}

/** The principal in question: the one named in the request, else whoever the caller's credentials belong to. */
async function whoIs(
  { clients, reader }: Reading,
  principalArn: string | undefined,
): Promise<Identity | { reason: string }> {
  if (principalArn !== undefined) {
    const parsed = parseCallerArn(principalArn);
    if (parsed === null) return { reason: `${principalArn} is no ARN of a user, role, session or root` };
    return { arn: principalArn, userId: undefined, parsed };
  }
  const { client, module } = await clients.sts();
  const answer = await reader.ask("sts:GetCallerIdentity", (abortSignal) =>
    client.send(new module.GetCallerIdentityCommand({}), { abortSignal }),
  );
  if (!answer.ok) return { reason: reasonOf(answer) };
  const { Arn: arn = "", UserId: userId } = answer.value;
  const parsed = parseCallerArn(arn);
  return parsed === null ? { reason: `sts:GetCallerIdentity answered ${arn || "no ARN"}` } : { arn, userId, parsed };
}

/** Whom the denial's own words name as its user, for where STS does not answer. */
function namedByDenial(denial: CollectOptions["denial"]): Identity | null {
  const reading = denial == null ? null : readDenial(denial);
  const arn = reading?.kind === "action" ? reading.user : null;
  const parsed = arn === null ? null : parseCallerArn(arn);
  return arn === null || parsed === null ? null : { arn, userId: undefined, parsed };
}

/** The IAM user or role to ask for; null for root and federated users, behind whom the ARN names none. */
function entityBehind(parsed: CallerArn): (CallerArn & { kind: "role" | "user" }) | null {
  switch (parsed.kind) {
    case "user":
      return { ...parsed, kind: "user" };
    case "role":
    case "role-session":
      return { ...parsed, kind: "role" };
    case "root":
    case "federated-user":
      return null;
  }
}

/** Root needs no policies. Which user a federated session belongs to, no API tells. */
function unasked(parsed: CallerArn): Evidence<never> {
  return parsed.kind === "root"
    ? { status: "none" }
    : { status: "unreadable", reason: "no API tells the IAM user behind a federated session" };
}

function callerOf({ arn, userId, parsed }: Identity, facts: PrincipalFacts | null): Caller {
  const session =
    parsed.kind === "role"
      ? `arn:${parsed.partition}:sts::${parsed.accountId}:assumed-role/${parsed.name}/${assumedSession}`
      : arn;
  const uniqueId = facts?.uniqueId;
  const known =
    userId ??
    (uniqueId === undefined
      ? undefined
      : parsed.kind === "user"
        ? uniqueId
        : `${uniqueId}:${parsed.sessionName ?? assumedSession}`);
  return {
    arn: session,
    principalArn: facts?.arn ?? arn,
    ...(known !== undefined && { userId: known }),
    tags: facts?.tags ?? (parsed.kind === "root" ? { status: "none" } : { status: "notRead" }),
  };
}

function bareSnapshot(
  request: VaultRequest,
  options: CollectOptions,
  capturedAt: string,
  caller: Caller,
  facts: PrincipalFacts | null,
): Snapshot {
  const [, partition = "aws", , , accountId = ""] = caller.arn.split(":");
  // The path of a role whose GetRole was refused is not known, and with it aws:PrincipalArn.
  const isPathOpen = facts !== null && !facts.isPathKnown;
  return {
    snapshotVersion: 1,
    capturedAt,
    request: {
      operation: "CreateBackupVault",
      partition,
      region: request.region ?? options.caller.region,
      accountId,
      backupVaultName: request.backupVaultName,
      encryptionKeyArn: request.encryptionKeyArn ?? null,
      backupVaultTags: request.backupVaultTags ?? {},
    },
    caller,
    context: { ...(isPathOpen && { "aws:PrincipalArn": { present: true } }), ...options.context },
    policies: {
      identity: { status: "notRead" },
      permissionsBoundary: { status: "notRead" },
      session: { status: "notRead" },
      serviceControl: { status: "notRead" },
      resourceControl: { status: "notRead" },
      vpcEndpoint: { status: "notRead" },
    },
    key: { status: "notRead" },
    organization: { status: "notRead" },
    simulation: { status: "notRead" },
    denial: options.denial ?? null,
  };
}

async function keyArnOf(encryptionKeyArn: string | null, key: ReturnType<typeof readKey>): Promise<string | null> {
  if (encryptionKeyArn !== null && !/:alias\//.test(encryptionKeyArn)) return encryptionKeyArn;
  const evidence = await key;
  return evidence.status === "read" ? evidence.value.arn : null;
}

/** The snapshot as the simulator's inputs are made from: nothing of the key but its ARN. */
function withKeyArn(snapshot: Snapshot, arn: string | null): Snapshot {
  if (arn === null) return snapshot;
  return {
    ...snapshot,
    key: {
      status: "read",
      value: {
        arn,
        accountId: arn.split(":")[4] ?? snapshot.request.accountId,
        manager: null,
        state: null,
        policy: { status: "notRead" },
        grants: { status: "notRead" },
      },
    },
  };
}
