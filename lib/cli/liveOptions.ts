import { type Command, Option } from "commander";
import type { LiveOptions } from "../client/LiveOptions.js";
import type { TrailOptions } from "../evidence/CollectOptions.js";
import { parsePrincipalArn } from "../facts/arn.js";
import type { Credentials } from "../options/DiagnosisOptions.js";
import type { ContextValue } from "../policy/ContextValue.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { collectContext, collectTag, collectText, minutes, seconds } from "./flagValues.js";
import { lastingCredentials } from "./lastingCredentials.js";
import { defaultSeconds, requestLimits } from "./requestLimits.js";
import { say } from "./tell.js";

/** The flags of every live command, as commander reads them: where to ask, and as whom. */
export interface ReaderFlags {
  region?: string;
  profile?: string;
  context: Record<string, ContextValue>;
  timeout?: number;
  evidenceRole?: string;
  evidenceProfile?: string;
  organizationRole?: string;
}

/** The flags of `check` and `snapshot`; those that `check` takes several times, once for each combination of them. */
export interface LiveFlags extends Omit<ReaderFlags, "region"> {
  vault?: string | string[];
  key?: string | string[];
  principal?: string | string[];
  region?: string | string[];
  tag: Record<string, string>;
  probe?: boolean;
  cloudtrail?: boolean;
  /** Minutes. */
  wait?: number;
}

/** Adds the flags of `check` and `snapshot`. */
export function addLiveFlags(command: Command): Command {
  return addReaderFlags(
    command
      .option("--vault <name>", "the vault's name", collectText)
      .option("--key <arn>", "the key's ARN; left out: the AWS managed key, alias/aws/backup", collectText)
      .option("--principal <arn>", "whose rights are in question; default: the caller's own", collectText)
      .option("--tag <key=value>", "a tag of the vault (repeatable)", collectTag, {}),
    true,
  )
    .option("--probe", "also ask KMS itself, as the caller, by dry runs")
    .option("--cloudtrail", "also look into CloudTrail for the calls that AWS Backup made: it names what was refused")
    .option("--wait <minutes>", "how long to look again, since CloudTrail tells of a call some minutes later", minutes);
}

/** Adds the flags of every live command. */
export function addReaderFlags(command: Command, several = false): Command {
  return addAskerFlags(command, several)
    .option(
      "--context <key=value>",
      "a condition key of the call (repeatable; repeated keys make a list; KEY:absent and KEY:present say so)",
      collectContext,
      {},
    )
    .option("--timeout <seconds>", `how long reading may take; default: ${defaultSeconds}`, seconds)
    .option("--evidence-role <arn>", "read the evidence as this role")
    .option("--evidence-profile <name>", "read the evidence as this profile")
    .option("--organization-role <arn>", "read Organizations as this role");
}

/** Adds the flags that say where to ask, and as whom. */
export function addAskerFlags(command: Command, several = false): Command {
  const region = new Option("--region <region>", "the vault's Region; default: the environment's");
  return command
    .addOption(several ? region.argParser(collectText) : region)
    .option("--profile <name>", "as whom the vault would be created");
}

/** What the flags and the environment say of one live call. */
export async function liveCall(flags: LiveFlags, io: CliIo): Promise<{ request: VaultRequest; options: LiveOptions }> {
  const { requests, options } = await liveCalls(flags, io);
  const [request, ...others] = requests;
  if (request === undefined || others.length > 0) {
    throw new CliError("several --vault, --key, --principal or --region: only check takes them; expected one of each");
  }
  return { request, options };
}

/** What the flags and the environment say of live calls: one for each combination of what was given several times. */
export async function liveCalls(
  flags: LiveFlags,
  io: CliIo,
): Promise<{ requests: VaultRequest[]; options: LiveOptions }> {
  const vaults = listOf(flags.vault);
  if (vaults.length === 0) throw new CliError("--vault NAME is missing: which vault would be created?");
  const { region: own, options } = await settingsFrom(flags, io);
  const orNone = (values: string[]) => (values.length === 0 ? [undefined] : values);
  const regions = listOf(flags.region);
  const requests = (regions.length === 0 ? [own] : regions).flatMap((region) =>
    vaults.flatMap((backupVaultName) =>
      orNone(listOf(flags.key)).flatMap((encryptionKeyArn) =>
        orNone(listOf(flags.principal)).map((principalArn) => ({
          backupVaultName,
          backupVaultTags: flags.tag,
          ...(encryptionKeyArn !== undefined && { encryptionKeyArn }),
          ...(principalArn !== undefined && { principalArn }),
          ...(region !== undefined && { region }),
        })),
      ),
    ),
  );
  return { requests, options };
}

/** What the flags and the environment say of how live calls are checked, whatever the vaults. */
export async function settingsFrom(
  flags: LiveFlags,
  io: CliIo,
): Promise<{ region: string | undefined; options: LiveOptions }> {
  if (flags.wait !== undefined && flags.cloudtrail !== true) {
    throw new CliError("--wait: expected --cloudtrail beside it, which is what is waited for");
  }
  const [firstRegion] = listOf(flags.region);
  const { region, options } = await liveReader({ ...flags, region: firstRegion } as ReaderFlags, io);
  return {
    region,
    options: {
      ...options,
      ...(flags.probe === true && { probe: "dry-run" as const }),
      ...(flags.cloudtrail === true && { evidence: { ...options.evidence, cloudTrail: trailOptions(flags, io) } }),
    },
  };
}

/** Waiting is told on stderr, a line at a time. */
function trailOptions({ wait = 0, quiet }: LiveFlags & { quiet?: boolean }, io: CliIo): TrailOptions {
  const inMinutes = (milliseconds: number) => `${Math.round(milliseconds / 6000) / 10} of ${wait} minutes`;
  return {
    wait: wait * 60_000,
    onWait: ({ waited, found }) => {
      say(io, quiet, `waiting for CloudTrail: ${inMinutes(waited)}, ${found} events so far`);
    },
  };
}

/** What was given once, several times or not at all; each once. */
export function listOf(given: string | string[] | undefined): string[] {
  return given === undefined ? [] : [...new Set(typeof given === "string" ? [given] : given)];
}

/** What the flags and the environment say of where to ask, and as whom. */
export async function liveReader(
  flags: ReaderFlags,
  io: CliIo,
): Promise<{ region: string | undefined; options: LiveOptions }> {
  checkRole("--evidence-role", flags.evidenceRole);
  checkRole("--organization-role", flags.organizationRole);
  // At the command line nobody can do anything about the Node.js that runs it.
  io.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  // Region and endpoint are the profile's too, and the SDK reads them only of the profile that the environment names.
  if (flags.profile !== undefined) io.env.AWS_PROFILE = flags.profile;
  const credentials = await import("@aws-sdk/credential-providers");
  const fromProfile = (profile: string | undefined): Credentials | undefined =>
    profile === undefined ? undefined : profileProvider(profile, credentials);
  const deadline = (flags.timeout ?? defaultSeconds) * 1000;
  const region = flags.region ?? [io.env.AWS_REGION, io.env.AWS_DEFAULT_REGION].find(Boolean);
  const asRole = (roleArn: string, master: Credentials | undefined): Credentials =>
    lastingCredentials(
      credentials.fromTemporaryCredentials({
        params: { RoleArn: roleArn, RoleSessionName: "backup-vault-access" },
        ...(master !== undefined && { masterCredentials: master }),
        clientConfig: { ...(region !== undefined && { region }), ...requestLimits({ deadline }) },
      }),
    );

  // As the SDK does by itself, but with its reason.
  const caller = fromProfile(flags.profile ?? (io.env.AWS_PROFILE || undefined));
  const reader = fromProfile(flags.evidenceProfile) ?? environmentReader(io);
  const evidence = flags.evidenceRole === undefined ? reader : asRole(flags.evidenceRole, reader ?? caller);
  const organization =
    flags.organizationRole === undefined ? undefined : asRole(flags.organizationRole, evidence ?? caller);
  return {
    region,
    options: {
      share: false,
      context: flags.context,
      evidence: {
        ...(evidence !== undefined && { credentials: evidence }),
        ...(organization !== undefined && { organizationCredentials: organization }),
      },
      ...(caller !== undefined && { credentials: caller }),
      deadline,
    },
  };
}

/** That there are keys in the environment besides the profile that was named, nobody has to be told. */
const silent = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

type Providers = typeof import("@aws-sdk/credential-providers");
type Provider = ReturnType<Providers["fromNodeProviderChain"]>;

/** The SDK's chain says neither which profile has no credentials, nor why: only its provider for profiles alone does. */
function profileProvider(profile: string, { fromIni, fromNodeProviderChain }: Providers): Provider {
  const provide = fromNodeProviderChain({ profile, logger: silent });
  const named = `profile ${profile}: `;
  return async (options) => {
    try {
      return await provide(options);
    } catch (error) {
      // The same error comes again with each call.
      if (!(error instanceof Error) || error.message.startsWith(named)) throw error;
      const isSilent = /\bany providers\b/.test(error.message);
      error.message = named + (isSilent ? await failureOf(fromIni({ profile, logger: silent }), error) : error.message);
      throw error;
    }
  };
}

async function failureOf(provide: Provider, instead: Error): Promise<string> {
  try {
    await provide();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return instead.message;
}

function checkRole(option: string, arn: string | undefined): void {
  if (arn === undefined || parsePrincipalArn(arn)?.kind === "role") return;
  throw new CliError(`${option} ${arn}: expected the ARN of a role, as arn:aws:iam::111122223333:role/Auditor`);
}

/** Somebody who may read the evidence, where the environment names one, as `emulator` does. */
function environmentReader({ env }: CliIo): Credentials | undefined {
  const accessKeyId = env.BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID;
  const secretAccessKey = env.BACKUP_VAULT_ACCESS_EVIDENCE_SECRET_ACCESS_KEY;
  const sessionToken = env.BACKUP_VAULT_ACCESS_EVIDENCE_SESSION_TOKEN;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
