import type { LiveOptions } from "../client/LiveOptions.js";
import { parsePrincipalArn, partitionOf } from "../facts/arn.js";
import { vaultName } from "../facts/names.js";
import { openTagsKey } from "../facts/planKeys.js";
import { isNotKnown } from "../plan/NotKnown.js";
import type { PlannedVault } from "../plan/PlannedVault.js";
import type { PlanPlace } from "../plan/PlanPlace.js";
import type { PlannedParts } from "../question/PlannedKey.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { shownText } from "../snapshot/formatIssue.js";
import type { CheckedCall } from "./CheckedCall.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { type LiveFlags, listOf, settingsFrom } from "./liveOptions.js";
import { type NotAsPlanned, notAsPlanned } from "./notAsPlanned.js";
import { accountIn, plannedFiles, vaultsIn } from "./plannedFiles.js";
import { refuseParameters } from "./refuseParameters.js";
import { shownParameters } from "./shownParameters.js";
import { say } from "./tell.js";
import { templateParameters } from "./templateParameters.js";
import { whoCalls } from "./whoCalls.js";

/** The flags of `check` that name a plan. */
export interface PlanFlags {
  plan?: string;
  parameters?: string[];
}

/** The calls, how they are asked about, and the texts of the files that they stand in. */
interface AskedCalls {
  calls: CheckedCall[];
  options: LiveOptions;
  texts: ReadonlyMap<string, string>;
}

/** What stands for a name that only the apply tells, where one has to be given. */
const standIn = "known-after-apply";

/**
 * The calls that applying a plan makes for its vaults, with each of the principals that are named, else with the role that
 * the plan names, else as the caller.
 *
 * `isOpen`: it may make vaults that are not judged: what was not looked into, some of another account, or those of another
 * kind where there are none besides.
 *
 * @throws CliError where it is no plan, or does not say what must be known
 */
export async function plannedCalls(
  flags: LiveFlags & PlanFlags & { quiet?: boolean },
  io: CliIo,
): Promise<AskedCalls & { isOpen: boolean }> {
  const { plan = "", parameters = [] } = flags;
  refuseBeside(flags);
  const files = await plannedFiles(plan, io);
  const given = await templateParameters(parameters, io);
  refuseParameters(files, given);
  const shown = shownParameters(files, parameters);
  const { region, options } = await settingsFrom(flags, io);
  const principals = listOf(flags.principal);
  const place = await placeOfPlan(principals, accountIn(files), region, options);
  const regions = listOf(flags.region);
  const calls = new Map<string, CheckedCall>();
  const notes = new Set<string>();
  const unasked = new Set<string>();
  let isOpen = false;
  for (const one of regions.length === 0 ? [region] : regions) {
    const { vaults, passedOver, notLookedInto, isElsewhere, changes } = vaultsIn(
      files,
      {
        partition: place.partition,
        accountId: place.accountId,
        region: one ?? null,
        isCallers: place.callerArn !== null,
      },
      given,
    );
    const untold = [...passedOver, ...notLookedInto];
    for (const note of untold) notes.add(`not judged: ${note}`);
    if (vaults.length === 0 && untold.length === 0) notes.add("it creates no backup vault");
    isOpen ||= isElsewhere || notLookedInto.length > 0 || (vaults.length === 0 && untold.length > 0);
    for (const vault of vaults) {
      const other = notAsPlanned(vault, flags, { env: io.env, here: one, changes, ...place });
      for (const note of [...other.narrowed, ...other.unsettled.map(({ told }) => told)])
        notes.add(`${vault.address}: ${note}`);
      const asked = callsFor({ ...vault, ...(shown.length > 0 && { parameters: shown }) }, principals, one);
      if (typeof asked === "string") unasked.add(`${vault.address}: ${asked}`);
      // A vault of which the plan says where it is made, is asked about there, and once.
      else for (const call of asked) calls.set(callName(call), withNotes(call, other));
    }
  }
  // What is not said of one vault keeps the others from nothing.
  const [first] = unasked;
  if (first !== undefined && calls.size === 0) throw new CliError(`--plan ${plan}: ${first}`);
  for (const why of unasked) notes.add(`not judged: ${why}`);
  isOpen ||= unasked.size > 0;
  for (const note of notes) say(io, flags.quiet, `--plan ${plan}: ${note}`);
  const texts = new Map(files.flatMap(({ file, text, within }) => [[file, text] as const, ...within.texts]));
  return { calls: [...calls.values()], options, texts, isOpen };
}

function withNotes({ request, plan }: CheckedCall, notAsPlanned: NotAsPlanned): CheckedCall {
  return { request, plan: plan === null ? null : { ...plan, notAsPlanned } };
}

function callName({ request: { region, principalArn }, plan }: CheckedCall): string {
  return JSON.stringify([plan?.vault.file, plan?.vault.address, region, principalArn]);
}

/**
 * The calls for a vault of a plan, by each of the principals; where none is named, by the role that the plan names, or by
 * the caller. A text is what would have to be known before anything can be asked.
 *
 * @param region where the plan does not say
 */
export function callsFor(
  vault: PlannedVault,
  principals: readonly string[],
  region: string | undefined,
): CheckedCall[] | string {
  const { role, name } = vault;
  if (!isNotKnown(name) && !vaultName.test(name))
    return `AWS takes no vault of the name ${shownText(name)}: expected 2 to 50 letters, digits, hyphens or underscores`;
  const where = isNotKnown(vault.region) ? region : (vault.region ?? region);
  if (where === undefined) return "the plan does not say in which Region; expected --region";
  if (principals.length > 0) return principals.map((principal) => callOf(vault, principal, where));
  if (role === null) return [callOf(vault, undefined, where)];
  if (isNotKnown(role)) return `as whom it is made is not known (${role.because}); expected --principal ARN`;
  if (parsePrincipalArn(role)?.kind !== "role") return `${role} is no role's ARN; expected --principal ARN`;
  return [callOf(vault, role, where)];
}

function refuseBeside({ vault, key, tag, cloudtrail, probe }: LiveFlags): void {
  const beside = Object.entries({ "--vault": vault, "--key": key, "--cloudtrail": cloudtrail, "--probe": probe })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (Object.keys(tag).length > 0) beside.push("--tag");
  if (beside.length > 0) {
    throw new CliError(`--plan and ${beside.join(", ")}: expected --plan alone, which says what is to be made`);
  }
}

/** Who calls, where it was asked. */
interface Caller {
  callerArn: string | null;
}

/** The account follows from who is asked about, or from the plan; else AWS is asked who calls. */
async function placeOfPlan(
  principals: readonly string[],
  planned: string | null,
  region: string | undefined,
  options: LiveOptions,
): Promise<PlanPlace & Caller> {
  const named = principals.map((arn) => parsePrincipalArn(arn));
  const [first] = named;
  const accounts = new Set(named.map((one) => one?.accountId));
  if (accounts.size > 1) throw new CliError("--plan and --principal: expected principals of one account");
  if (first !== undefined && first !== null) {
    return { partition: first.partition, accountId: first.accountId, region: region ?? null, callerArn: null };
  }
  if (planned !== null)
    return { partition: partitionOf(region), accountId: planned, region: region ?? null, callerArn: null };
  const { partition, accountId, principalArn } = await whoCalls("--plan", region, options);
  return { partition, accountId, region: region ?? null, callerArn: principalArn };
}

function callOf(vault: PlannedVault, principalArn: string | undefined, region: string): CheckedCall {
  const { name, key, tags, hasUnknownTags, changedPolicies = [] } = vault;
  const request: VaultRequest = {
    backupVaultName: isNotKnown(name) ? standIn : name,
    backupVaultTags: tags,
    region,
    ...(key.kind === "existing" && { encryptionKeyArn: key.arn }),
    ...(principalArn !== undefined && { principalArn }),
  };
  const planned = key.kind === "planned" ? key.planned : key.kind === "existing" ? key.changes : null;
  const parts: PlannedParts = {
    ...(planned !== null && { key: planned }),
    ...(isNotKnown(name) && { isNameUnknown: true }),
    ...(changedPolicies.length > 0 && { changedPolicies }),
  };
  const session = principalArn === vault.role ? vault.session : {};
  const context = {
    ...session,
    ...vault.context,
    ...(hasUnknownTags && { [openTagsKey]: { present: true as const } }),
  };
  return { request, plan: { vault, parts, context } };
}
