import type { Command } from "commander";
import { diagnose } from "../diagnose.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { diagnosisOfBoth, diagnosisOfText } from "./diagnosisOfText.js";
import { exitCodeOf } from "./exitCodeOf.js";
import { checkedFormat } from "./formats.js";
import { named, readErrorFile } from "./foundDenials.js";
import type { OutputOptions } from "./OutputOptions.js";
import { readSnapshot } from "./readSnapshot.js";
import { refuseConfig } from "./refuseConfig.js";
import { tellDiagnoses } from "./tell.js";

interface ExplainFlags {
  snapshot?: string;
  error?: string;
}

/** `explain`: diagnoses a snapshot, a refusal's text, or both, offline. */
export function explainCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  program
    .command("explain")
    .description("why was, or would be, the vault refused? From a refusal's text, a snapshot, or both; offline")
    .option("--snapshot <file>", "a snapshot, - for stdin")
    .option("--error <file>", "what a tool printed when the vault was refused, - for stdin")
    .action(async (_own: ExplainFlags, command: Command) => {
      const options = command.optsWithGlobals<OutputOptions & ExplainFlags>();
      checkedFormat(options.format);
      refuseConfig(options);
      const diagnoses = await diagnosesOf(options, options, io);
      const { snapshot } = options;
      await tellDiagnoses(diagnoses, options, io, snapshot === "-" ? undefined : snapshot);
      end(exitCodeOf(diagnoses));
    });
}

async function diagnosesOf(
  { snapshot: snapshotFile, error }: ExplainFlags,
  { quiet }: OutputOptions,
  io: CliIo,
): Promise<Diagnosis[]> {
  if (snapshotFile === "-" && error === "-") {
    throw new CliError("--snapshot - and --error -: stdin can be read only once");
  }
  const snapshot = snapshotFile === undefined ? null : await readSnapshot(snapshotFile, io);
  if (error === undefined) {
    if (snapshot !== null) return [diagnose(snapshot)];
    throw new CliError(
      "nothing to explain; expected --error FILE with what was printed when the vault was refused (- for stdin), --snapshot FILE, or both",
    );
  }
  const { ours, others } = await readErrorFile(error, io);
  if (others.length > 0 && quiet !== true) {
    io.stderr(`--error ${error}: also there, and not explained: ${others.map(named).join("; ")}\n`);
  }
  return ours.map((found) => (snapshot === null ? diagnosisOfText(found) : diagnosisOfBoth(snapshot, found)));
}
