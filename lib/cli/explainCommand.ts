import type { Command } from "commander";
import type { FoundDenial } from "../denial/FoundDenial.js";
import { diagnose } from "../diagnose.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { parseTrailEvents } from "../evidence/parseTrailEvents.js";
import { TrailFormatError } from "../evidence/TrailFormatError.js";
import type { PlaceOf } from "../report/FilePlace.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { diagnosisOfBoth, diagnosisOfText } from "./diagnosisOfText.js";
import { exitCodeOf } from "./exitCodeOf.js";
import { addPolicyFileFlag, firstPlace, policyFilePlaces, snapshotPlaces } from "./filePlaces.js";
import { addFixFlags, checkedFix, type FixFlags, tellFixOrDiagnoses } from "./fixOutput.js";
import { checkedFormat } from "./formats.js";
import { named, readErrorFile } from "./foundDenials.js";
import type { OutputOptions } from "./OutputOptions.js";
import { readInput } from "./readInput.js";
import { readSnapshotFile } from "./readSnapshot.js";
import { refuseConfig } from "./refuseConfig.js";
import { addSurveyFlags, checkSurveyFlags, isSurvey, type SurveyFlags } from "./surveyFlags.js";
import { say } from "./tell.js";
import { answerCodes, withHelp } from "./withHelp.js";

interface ExplainFlags extends FixFlags, SurveyFlags {
  policyFile?: string[];
  snapshot?: string;
  error?: string;
  cloudtrail?: string;
}

/** `explain`: diagnoses a snapshot, a refusal's text, or both, offline. */
export function explainCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const command = program
    .command("explain")
    .description("why was, or would be, the vault refused? From a refusal's text, a snapshot, or both; offline")
    .option("--snapshot <file>", "a snapshot, - for stdin")
    .option("--error <file>", "what a tool printed when the vault was refused, - for stdin")
    .option(
      "--cloudtrail <file>",
      "CloudTrail's events as the console, the AWS CLI or the API gives them, beside --snapshot; - for stdin",
    );
  addPolicyFileFlag(addFixFlags(addSurveyFlags(command)));
  withHelp(
    command,
    [
      "terraform apply 2>&1 | tee log; backup-vault-access explain --error log",
      "pbpaste | backup-vault-access explain --error -",
      "backup-vault-access explain --snapshot prod.snapshot.json --format html -o report.html",
      "backup-vault-access explain --snapshot prod.snapshot.json --fix 1 --as cli",
      "backup-vault-access explain --snapshot prod.snapshot.json --account-file account.json --summary",
    ],
    answerCodes,
  ).action(async (_own: ExplainFlags, explain: Command) => {
    const options = explain.optsWithGlobals<OutputOptions & ExplainFlags>();
    checkedFormat(options.format);
    refuseConfig(options);
    const wanted = checkedFix(options);
    checkSurveyFlags(options);
    if (isSurvey(options)) {
      const { storedSurvey } = await import("./storedSurvey.js");
      end(await storedSurvey(options, io));
      return;
    }
    const inFiles = await policyFilePlaces(options.policyFile ?? [], io);
    const { diagnoses, snapshot, placeOf } = await diagnosed(options, options, io);
    await tellFixOrDiagnoses(wanted, diagnoses, options, io, {
      placeOf: firstPlace(inFiles, placeOf),
      ...(snapshot !== null && { snapshot }),
    });
    end(exitCodeOf(diagnoses));
  });
}

async function diagnosed(
  { snapshot: snapshotFile, error, cloudtrail }: ExplainFlags,
  { quiet }: OutputOptions,
  io: CliIo,
): Promise<{ diagnoses: Diagnosis[]; snapshot: Snapshot | null; placeOf: PlaceOf }> {
  const fromStdin = Object.entries({ snapshot: snapshotFile, error, cloudtrail }).filter(([, file]) => file === "-");
  if (fromStdin.length > 1) {
    throw new CliError(`${fromStdin.map(([flag]) => `--${flag} -`).join(" and ")}: stdin can be read only once`);
  }
  const read = snapshotFile === undefined ? null : await readSnapshotFile(snapshotFile, io);
  const snapshot =
    cloudtrail === undefined ? (read?.snapshot ?? null) : await withTrail(read?.snapshot ?? null, cloudtrail, io);
  const placeOf: PlaceOf =
    read !== null && snapshotFile !== undefined && snapshotFile !== "-"
      ? snapshotPlaces(read.snapshot, snapshotFile, read.text)
      : () => (error === undefined || error === "-" ? null : { file: error });
  if (error === undefined) {
    if (snapshot !== null) return { diagnoses: [diagnose(snapshot)], snapshot, placeOf };
    throw new CliError(
      "nothing to explain; expected --error FILE with what was printed when the vault was refused (- for stdin), --snapshot FILE, or both",
    );
  }
  const { ours, others } = await readErrorFile(error, io);
  if (others.length > 0) {
    say(io, quiet, `--error ${error}: also there, and not explained: ${others.map(named).join("; ")}`);
  }
  const explained = (found: FoundDenial) =>
    snapshot === null ? diagnosisOfText(found) : diagnosisOfBoth(snapshot, found);
  return { diagnoses: ours.map(explained), snapshot, placeOf };
}

/** The snapshot, in which CloudTrail's events stand as if they had been read with the rest. */
async function withTrail(snapshot: Snapshot | null, file: string, io: CliIo): Promise<Snapshot> {
  if (snapshot === null) {
    throw new CliError("--cloudtrail: expected --snapshot FILE beside it, which says whose call the events are of");
  }
  const text = await readInput("--cloudtrail", file, io);
  try {
    return { ...snapshot, cloudTrail: { status: "read", value: parseTrailEvents(text) } };
  } catch (error) {
    if (error instanceof TrailFormatError) throw new CliError(`--cloudtrail ${file}: ${error.message}`);
    throw error;
  }
}
