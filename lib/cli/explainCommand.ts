import type { Command } from "commander";
import { isSeenDenial } from "../denial/isSeenDenial.js";
import { diagnose } from "../diagnose.js";
import type { Denial } from "../snapshot/Snapshot.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { denialFrom } from "./denialFrom.js";
import { exitCodeOf } from "./exitCodeOf.js";
import { checkedFormat } from "./formats.js";
import type { OutputOptions } from "./OutputOptions.js";
import { readInput } from "./readInput.js";
import { readSnapshot } from "./readSnapshot.js";
import { refuseConfig } from "./refuseConfig.js";
import { tellDiagnosis } from "./tell.js";

/** `explain`: diagnoses a snapshot offline. */
export function explainCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  program
    .command("explain")
    .description("diagnose a snapshot offline: why was, or would be, the vault refused?")
    .requiredOption("--snapshot <file>", "the snapshot, - for stdin")
    .option("--error <file>", "the text of the refusal that was seen, - for stdin")
    .action(async (own: { snapshot: string; error?: string }, command: Command) => {
      const options = command.optsWithGlobals<OutputOptions & typeof own>();
      checkedFormat(options.format);
      refuseConfig(options);
      if (options.snapshot === "-" && options.error === "-") {
        throw new CliError("--snapshot - and --error -: stdin can be read only once");
      }
      const snapshot = await readSnapshot(options.snapshot, io);
      const denial = options.error === undefined ? snapshot.denial : await readDenial(options.error, io);
      const diagnosis = diagnose({ ...snapshot, denial });
      await tellDiagnosis(diagnosis, options, io, options.snapshot === "-" ? undefined : options.snapshot);
      end(exitCodeOf(diagnosis));
    });
}

async function readDenial(file: string, io: CliIo): Promise<Denial> {
  const text = await readInput("--error", file, io);
  if (text.trim() === "") throw new CliError(`--error ${file}: expected the text of the refusal, found none`);
  const denial = denialFrom(text);
  if (!isSeenDenial(denial)) {
    throw new CliError(
      `--error ${file}: expected a refusal for lack of rights (AccessDeniedException), found ${denial.name === "Unknown" ? "a text that says nothing of one" : denial.name}`,
    );
  }
  return denial;
}
