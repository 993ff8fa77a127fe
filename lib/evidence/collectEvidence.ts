import { type AwsReader, awsReader } from "../aws/awsReader.js";
import type { ClientSettings } from "../aws/ClientSettings.js";
import { type DiagnosticClients, diagnosticClients } from "../aws/diagnosticClients.js";
import { handled } from "../aws/handled.js";
import type { LoggedCall } from "../aws/LoggedCall.js";
import { wideSignal } from "../aws/wideSignal.js";
import { type PrincipalArn, parseArn } from "../facts/arn.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { ablation, openLayers } from "./ablation.js";
import type { CollectOptions, TrailOptions } from "./CollectOptions.js";
import { callerIdentity, callerOf, holderBehind } from "./callerIdentity.js";
import { dryRun } from "./dryRun.js";
import { explainRead, isAnswerOfRead } from "./explainRead.js";
import { isKeyArn } from "./isKeyArn.js";
import { lockedOut } from "./lockedOut.js";
import { organizationReader } from "./organization.js";
import { orUnreadable } from "./orUnreadable.js";
import { plannedRequest, withPlannedKey } from "./plannedKey.js";
import { principal } from "./principal.js";
import { readKey } from "./readKey.js";
import { readTrail } from "./readTrail.js";
import { simulation } from "./simulation.js";
import { skippedSnapshot } from "./skippedSnapshot.js";
import { snapshotWithout } from "./snapshotWithout.js";
import { withChanged } from "./withChanged.js";

/**
 * Collects the evidence about one request: everything side by side, as early as its inputs allow, under one signal. It
 * never rejects; what is refused, fails or is not answered in time is evidence too, with its reason.
 *
 * @param request already validated
 */
export async function collectEvidence(
  request: VaultRequest,
  options: CollectOptions,
): Promise<{ snapshot: Snapshot; calls: LoggedCall[] }> {
  if (options.skip !== undefined) return { snapshot: skippedSnapshot(request, options, options.skip), calls: [] };
  const { signal, release } = wideSignal(options.signal);
  const reader = await awsReader({
    signal,
    explain: explainRead,
    isAnswer: isAnswerOfRead,
    ...(options.inFlight !== undefined && { inFlight: options.inFlight }),
    ...(options.retries !== undefined && { retries: options.retries }),
    ...(options.callLimit !== undefined && { callLimit: options.callLimit }),
    ...(options.clock !== undefined && { clock: options.clock }),
  });
  const clients = clientsFor(options);
  try {
    // Loaded before anything is asked, so that no call's own time goes by meanwhile; what cannot be loaded fails there.
    // Where answers are remembered already, hardly any call is made.
    if ((options.memory?.size ?? 0) === 0) await loadAll(clients);
    return { snapshot: await collect(request, options, reader, clients), calls: reader.calls };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const snapshot = skippedSnapshot(request, options, `the evidence could not be read: ${reason}`);
    return { snapshot, calls: reader.calls };
  } finally {
    release();
    for (const one of new Set(Object.values(clients))) one.destroy();
  }
}

async function loadAll({ caller, evidence, organization }: Readers): Promise<void> {
  await Promise.allSettled([
    organization.load("organizations"),
    ...(["sts", "kms"] as const).map((service) => caller.load(service)),
    ...(["sts", "iam", "kms"] as const).map((service) => evidence.load(service)),
  ]);
}

type Readers = Readonly<Record<"caller" | "evidence" | "organization", DiagnosticClients>>;

/** Who is not named reads as the one before. */
function clientsFor({ caller, evidence, organization, memory }: CollectOptions): Readers {
  const clientsOf = (reader: keyof Readers, settings: ClientSettings) =>
    diagnosticClients(settings, memory && { memory, reader });
  const asCaller = clientsOf("caller", caller);
  const asEvidence = evidence === undefined ? asCaller : clientsOf("evidence", evidence);
  return {
    caller: asCaller,
    evidence: asEvidence,
    organization: organization === undefined ? asEvidence : clientsOf("organization", organization),
  };
}

async function collect(
  request: VaultRequest,
  options: CollectOptions,
  reader: AwsReader,
  clients: Readers,
): Promise<Snapshot> {
  const reading = { clients: clients.evidence, reader };
  const asCaller = { clients: clients.caller, reader };
  const { planned } = options;
  const isKeyThere = planned?.key === undefined || planned.key.status === "changed";

  const identity = callerIdentity(asCaller, request.principalArn, options.denial ?? null);
  const readKeyEvidence = isKeyThere ? orUnreadable(readKey(reading, request.encryptionKeyArn ?? null)) : null;
  const organizations = organizationReader({ clients: clients.organization, reader });

  const told = await identity;
  if ("reason" in told) {
    const skipped = skippedSnapshot(request, options, `who calls is not known: ${told.reason}`);
    return { ...skipped, key: (await readKeyEvidence) ?? skipped.key };
  }
  const asked = plannedRequest(request, planned, { ...told.parsed, region: request.region ?? options.caller.region });
  const encryptionKeyArn = asked.encryptionKeyArn ?? null;
  const keyEvidence = withPlannedKey(readKeyEvidence, planned?.key, encryptionKeyArn);
  const { accountId } = told.parsed;
  // Which key it is, only the apply tells, and with it whose.
  const keyAccount = planned?.key?.status === "unknown" ? undefined : parseArn(encryptionKeyArn ?? "")?.accountId;
  const holder = holderBehind(told.parsed);
  const isSelf = options.evidence === undefined && request.principalArn === undefined;
  const entity = holder === null ? null : principal(reading, holder, told.arn, isSelf);
  const own = handled(organizations.account(accountId, true, "SERVICE_CONTROL_POLICY"));
  // alias/aws/backup is an AWS managed key, which no resource control policy touches.
  const owners =
    keyAccount === undefined
      ? null
      : handled(organizations.account(keyAccount, keyAccount === accountId, "RESOURCE_CONTROL_POLICY"));

  const facts = entity === null ? null : await entity.facts;
  const bare = snapshotWithout(asked, options, callerOf(told, facts), told.parsed);
  // The path of a role whose GetRole was refused is not known, and with it aws:PrincipalArn.
  if (facts?.isPathKnown === false) bare.context = { "aws:PrincipalArn": { present: true }, ...bare.context };

  // The simulator needs the key's ARN, which for alias/aws/backup KMS tells; the rest of the key is not waited for.
  const keyArn = handled(isKeyThere ? keyArnOf(encryptionKeyArn, keyEvidence) : Promise.resolve(null));
  const simulated = async (): Promise<Snapshot["simulation"]> => {
    const first = await simulation(reading, bare, await keyArn);
    if (first.status !== "read" || entity === null) return first;
    const open = openLayers(await entity.identity, await entity.permissionsBoundary);
    return { status: "read", value: [...first.value, ...(await ablation(reading, first.value, open))] };
  };
  const probed = async (): Promise<NonNullable<Snapshot["dryRun"]>> => {
    const arn = await keyArn;
    // KMS takes a grantee that there is: the session, where its role's path, and with it the role's ARN, is not known.
    const grantee = facts?.isPathKnown === false ? bare.caller.arn : bare.caller.principalArn;
    return arn === null ? { status: "notRead" } : dryRun(asCaller, arn, grantee);
  };
  const { cloudTrail } = options;
  const trail = async (wanted: TrailOptions): Promise<NonNullable<Snapshot["cloudTrail"]>> => {
    const { backupVaultName } = bare.request;
    return readTrail(reading, { caller: told.parsed, keyArn: await keyArn, backupVaultName }, wanted);
  };
  const isProbed = options.probe === "dry-run" && request.principalArn === undefined;

  const [
    identityPolicies,
    permissionsBoundary,
    serviceControl,
    resourceControl,
    organization,
    key,
    simulationRead,
    dryRuns,
    trailRead,
  ] = await Promise.all([
    orUnreadable(entity?.identity ?? Promise.resolve(unasked(told.parsed))),
    orUnreadable(entity?.permissionsBoundary ?? Promise.resolve(unasked(told.parsed))),
    orUnreadable(own.then(({ targets }) => targets)),
    orUnreadable(owners?.then(({ targets }) => targets) ?? Promise.resolve({ status: "notRead" } as const)),
    orUnreadable(own.then((one) => one.organization)),
    orUnreadable(ofOwner(keyEvidence, keyAccount === accountId ? null : owners)),
    orUnreadable(simulated()),
    isProbed ? orUnreadable(probed()) : undefined,
    cloudTrail === undefined ? undefined : orUnreadable(trail(cloudTrail)),
  ]);
  const asPlanned = withChanged(
    { identity: identityPolicies, permissionsBoundary, simulation: simulationRead },
    planned?.changedPolicies,
  );
  return {
    ...bare,
    policies: {
      ...bare.policies,
      identity: asPlanned.identity,
      permissionsBoundary: asPlanned.permissionsBoundary,
      serviceControl,
      resourceControl,
    },
    key: lockedOut(key, planned?.key, bare),
    organization,
    simulation: asPlanned.simulation,
    ...(dryRuns !== undefined && { dryRun: dryRuns }),
    ...(trailRead !== undefined && { cloudTrail: trailRead }),
  };
}

/** Root needs no policies. Which user a federated session belongs to, no API tells. */
function unasked(parsed: PrincipalArn): Evidence<never> {
  return parsed.kind === "root"
    ? { status: "none" }
    : { status: "unreadable", reason: "no API tells the IAM user behind a federated session" };
}

/** The key with its owner's organization, where the owner is another account than the caller's. */
async function ofOwner(
  key: ReturnType<typeof readKey>,
  owners: ReturnType<ReturnType<typeof organizationReader>["account"]> | null,
): Promise<Snapshot["key"]> {
  const evidence = await key;
  if (evidence.status !== "read" || owners === null) return evidence;
  const { organization } = await owners;
  return { status: "read", value: { ...evidence.value, organization } };
}

async function keyArnOf(encryptionKeyArn: string | null, key: ReturnType<typeof readKey>): Promise<string | null> {
  if (encryptionKeyArn !== null && isKeyArn(encryptionKeyArn)) return encryptionKeyArn;
  const evidence = await key;
  return evidence.status === "read" ? evidence.value.arn : null;
}
