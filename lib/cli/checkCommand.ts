import { type Command, InvalidArgumentError } from "commander";
import type { LiveOptions } from "../client/LiveOptions.js";
import { type AskedAbout, differences } from "../denial/differences.js";
import type { FoundDenial } from "../denial/FoundDenial.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { PlaceOf } from "../report/FilePlace.js";
import { report } from "../report/report.js";
import { askedAs } from "./askedAs.js";
import { askedCalls } from "./askedCalls.js";
import { attempted } from "./attempted.js";
import type { CheckedCall } from "./CheckedCall.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { ofAnotherCall } from "./diagnosisOfText.js";
import { evidenceReader } from "./evidenceReader.js";
import { exitCodeOf } from "./exitCodeOf.js";
import { addPolicyFileFlag, firstPlace, planPlaces, policyFilePlaces } from "./filePlaces.js";
import { addFixFlags, checkedFix, type FixFlags, tellFixOrDiagnoses } from "./fixOutput.js";
import { collectText } from "./flagValues.js";
import { forecastOf } from "./forecastOf.js";
import { checkedFormat } from "./formats.js";
import { type FileDenials, named, readErrorFile } from "./foundDenials.js";
import { withConfig } from "./fromConfig.js";
import { addLiveFlags, type LiveFlags, liveCalls } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { plannedCalls } from "./plannedCalls.js";
import { addSurveyFlags, checkSurveyFlags, isSurvey, type SurveyFlags } from "./surveyFlags.js";
import { say } from "./tell.js";
import { whileReading } from "./whileReading.js";
import { whyNotRun } from "./whyNotRun.js";
import { answerCodes, withHelp } from "./withHelp.js";

type CheckFlags = LiveFlags &
  SurveyFlags &
  FixFlags & {
    attempt?: boolean;
    proveFixes?: boolean;
    error?: string;
    plan?: string;
    policyFile?: string[];
    parameters?: string[];
    parallel: number;
  };

/** `check`: may this principal create this vault? Makes nothing, unless `--attempt` asks AWS by doing it. */
export function checkCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const command = addLiveFlags(
    program
      .command("check")
      .description(
        "may this principal create this vault? Reads the policies, makes nothing; several --vault, --key, --region and --principal are answered in every combination, many principals a row each",
      ),
  )
    .option("--error <file>", "hear also what was printed when the vault was refused, - for stdin")
    .option(
      "--plan <path>",
      "vaults and keys of a Terraform plan (JSON), a CloudFormation template or a cdk.out folder",
    )
    .option("--parameters <what>", "with --plan: KEY=VALUE of a template, or a file of them (repeatable)", collectText)
    .option("--all-principals", "every user and role of the account, by one stream, a row each")
    .option("--parallel <number>", "how many are checked at a time", atATime, 4)
    .option("--prove-fixes", "also ask AWS's policy simulator about each proven fix (needs iam:SimulateCustomPolicy)")
    .option("--attempt", "really create the vault, and remove it again");
  addPolicyFileFlag(addFixFlags(addSurveyFlags(command)));
  withHelp(
    command,
    [
      "backup-vault-access check --vault prod-vault --region eu-west-1",
      "backup-vault-access check --vault prod-vault --principal arn:aws:iam::111122223333:role/Deployer --evidence-profile auditor",
      "terraform apply 2>&1 | tee log; backup-vault-access check --error log",
      "terraform show -json tfplan > plan.json; backup-vault-access check --plan plan.json",
      "backup-vault-access check --vault prod --all-principals",
      "backup-vault-access check --vault prod --all-principals --summary",
      "backup-vault-access check --vault prod --account-file dumps/*.json --shard 1/4 --format ndjson --resume part1.ndjson",
    ],
    answerCodes,
  ).action(async (_own: CheckFlags, check: Command) => {
    const options = await withConfig(check, check.optsWithGlobals<OutputOptions & CheckFlags>());
    checkedFormat(options.format);
    checkedFix(options);
    refuseTogether(options);
    checkSurveyFlags(options);
    if (isSurvey(options)) {
      const { liveSurvey } = await import("./liveSurvey.js");
      end(await liveSurvey(options, io));
      return;
    }
    const heard = options.error === undefined ? noDenials : await readErrorFile(options.error, io);
    const inFiles = await policyFilePlaces(options.policyFile ?? [], io);
    const { calls, options: read, texts, isOpen } = await callsOf({ ...fromText(heard.ours[0]), ...options }, io);
    const live = options.proveFixes === true ? { ...read, proveFixes: true } : read;
    const [only] = calls;
    if (options.attempt === true && only !== undefined && calls.length === 1) {
      end(await attempted(only.request, live, options, io));
      return;
    }
    const vaults = calls.flatMap(({ plan }) => (plan === null ? [] : [plan.vault]));
    const placeOf = firstPlace(inFiles, planPlaces(vaults, texts));
    const { asked, leftOut } = askedCalls(calls, options.shard);
    if (leftOut > 0) {
      const others = `${asked.length} of ${asked.length + leftOut} calls are asked about, the first; --shard I/N asks about a part of them`;
      say(io, options.quiet, `--plan ${options.plan}: ${others}`);
    }
    const own = new Set(asked.map(({ request }) => heardOf(heard.ours, request)));
    const unheard = [...heard.ours, ...heard.others].filter((found) => !own.has(found)).map(named);
    if (unheard.length > 0) {
      say(io, options.quiet, `--error ${options.error}: also there, and not heard: ${unheard.join("; ")}`);
    }
    const code = exitCodeOf(await answersTo(asked, heard.ours, live, { ...options, placeOf }, io));
    end(code === 0 && (isOpen || leftOut > 0) ? 2 : code);
  });
}

/** The calls that are to be checked: those of a plan, or those that the flags name. */
async function callsOf(flags: CheckFlags, io: CliIo): ReturnType<typeof plannedCalls> {
  if (flags.plan !== undefined) return plannedCalls(flags, io);
  const { requests, options } = await liveCalls(flags, io);
  const calls = requests.map((request) => ({ request, plan: null }));
  return { calls, options, texts: new Map(), isOpen: false };
}

function refuseTogether(flags: CheckFlags): void {
  const { attempt, proveFixes, plan, parameters, principal, error, vault, key, region } = flags;
  if (plan !== undefined && (attempt === true || error !== undefined)) {
    throw new CliError(`--plan and ${attempt === true ? "--attempt" : "--error"}: expected one of the two`);
  }
  if (plan === undefined && parameters !== undefined) throw new CliError("--parameters: expected --plan beside it");
  if (attempt !== true) return;
  if (proveFixes === true) throw new CliError("--attempt and --prove-fixes: expected one of the two");
  if (principal !== undefined) {
    throw new CliError("--attempt: the vault is created as the caller; leave out --principal");
  }
  if (error !== undefined) throw new CliError("--attempt and --error: expected one of the two");
  if ([vault, key, region].some((given) => Array.isArray(given) && given.length > 1)) {
    throw new CliError("--attempt: one vault at a time; expected one --vault, --key and --region");
  }
}

/** Checks all, some at a time, and tells the answers: as each is ready where lines are asked for, else all at the end. */
async function answersTo(
  calls: readonly CheckedCall[],
  heard: readonly FoundDenial[],
  live: LiveOptions,
  options: OutputOptions & CheckFlags & { placeOf: PlaceOf },
  io: CliIo,
): Promise<Diagnosis[]> {
  const { quiet, format, output, placeOf } = options;
  const fix = checkedFix(options);
  const isStreamed = format === "ndjson" && fix === null && output === undefined && quiet !== true;
  const diagnoses = await whileReading(io, { quiet, total: calls.length }, async ({ signal, done }) => {
    const [{ default: pLimit }, { newVaultAccessCheck }] = await Promise.all([
      import("p-limit"),
      import("../client/newVaultAccessCheck.js"),
    ]);
    const interruptible = { ...live, abortSignal: signal };
    // What a Region's services say holds for that Region alone.
    const checks = new Map<string | undefined, ReturnType<typeof newVaultAccessCheck>>();
    const checkIn = (region: string | undefined) => {
      const known = checks.get(region) ?? newVaultAccessCheck(interruptible);
      checks.set(region, known);
      return known;
    };
    const limit = pLimit(options.parallel);
    const reader = evidenceReader(interruptible, calls[0]?.request.region);
    const failures: { root: CliError; told: Diagnosis }[] = [];
    const all = await Promise.all(
      calls.map(({ request, plan }) =>
        limit(async () => {
          const check = checkIn(request.region);
          const own = heardOf(heard, request);
          const diagnosis =
            own === undefined
              ? await check(request, plan === null ? undefined : { ...plan.context, ...live.context }, plan?.parts)
              : await explained(own, request, interruptible, check);
          const root = whyNotRun(diagnosis.evidence, request.principalArn);
          const answered =
            root === null ? diagnosis : { ...diagnosis, summary: `${root.message} ${diagnosis.summary}` };
          const read = { ...askedAs(answered, options), evidence: [...answered.evidence, ...(await reader)] };
          const told = plan === null ? read : forecastOf(read, plan.vault, plan.notAsPlanned);
          if (root !== null) failures.push({ root, told });
          else if (isStreamed) io.stdout(report(told, "ndjson"));
          done();
          return told;
        }),
      ),
    );
    // Of many, one that does not exist is no reason to say nothing of the others; where all fail, there is no answer.
    const [first] = failures;
    if (first !== undefined && failures.length === calls.length) throw first.root;
    if (isStreamed) for (const { told } of failures) io.stdout(report(told, "ndjson"));
    return all;
  });
  if (!isStreamed) await tellFixOrDiagnoses(fix, diagnoses, options, io, { placeOf });
  return diagnoses;
}

const noDenials: FileDenials = { ours: [], others: [] };

/** The refusal that is heard for a call: of several, the first that is about no other call, else the first. */
function heardOf(ours: readonly FoundDenial[], request: VaultRequest): FoundDenial | undefined {
  return ours.find((found) => differences(found, askedAbout(request)).length === 0) ?? ours[0];
}

function askedAbout({ region, backupVaultName, principalArn }: VaultRequest): AskedAbout {
  return { region: region ?? null, backupVaultName, principalArn: principalArn ?? null, accountId: null };
}

/** What the text tells of the call stands in for the flags that were not given. */
function fromText(heard: FoundDenial | undefined): Partial<LiveFlags> {
  return {
    ...(heard?.backupVaultName != null && { vault: heard.backupVaultName }),
    ...(heard?.region != null && { region: heard.region }),
    ...(heard?.encryptionKeyArn != null && { key: heard.encryptionKeyArn }),
  };
}

async function explained(
  heard: FoundDenial,
  request: VaultRequest,
  live: LiveOptions,
  check: (request: VaultRequest) => Promise<Diagnosis>,
): Promise<Diagnosis> {
  const other = differences(heard, askedAbout(request));
  if (other.length > 0) {
    const diagnosis = await check(request);
    return { ...diagnosis, summary: `${ofAnotherCall(other)} ${diagnosis.summary}` };
  }
  const { explainDenial } = await import("../client/explainDenial.js");
  const { name, message, requestId } = heard.denial;
  const error = Object.assign(new Error(message), {
    name,
    ...(requestId !== undefined && { $metadata: { requestId } }),
  });
  return explainDenial(error, request, live);
}

function atATime(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64) throw new InvalidArgumentError("Expected 1 to 64.");
  return value;
}
