import type { Command } from "commander";
import { report } from "../report/report.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { diagnosisOfText } from "./diagnosisOfText.js";
import { checkedFormat } from "./formats.js";
import { denialsOf } from "./foundDenials.js";
import type { OutputOptions } from "./OutputOptions.js";
import { refuseConfig } from "./refuseConfig.js";
import { isColored, say, tellText } from "./tell.js";
import { withHelp } from "./withHelp.js";

/** `run -- COMMAND`: runs it unchanged, and explains on stderr where its output tells of a refused vault. */
export function runCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const run = program
    .command("run")
    .description(
      "run a command unchanged (terraform, cdk, aws, ...); a refused vault in its output is explained after it",
    )
    .argument("<command...>", "after --: what to run; its exit code is this command's");
  withHelp(
    run,
    ["backup-vault-access run -- terraform apply -auto-approve", "backup-vault-access run --quiet -- npx cdk deploy"],
    { "0": "and every other: as the command ended" },
  ).action(async (commandLine: string[], _own: object, command: Command) => {
    const options = command.optsWithGlobals<OutputOptions>();
    const format = checkedFormat(options.format);
    refuseConfig(options);
    const [name, ...args] = commandLine;
    // Node.js takes no empty name of a program.
    if (name === undefined || name === "") throw new CliError("nothing to run; expected -- COMMAND ARGS");
    const { watchedChild } = await import("./watchedChild.js");
    const { code, printed } = await watchedChild(name, args, io.env);
    // Whatever becomes of the explanation, the command has ended as it has.
    end(code);
    try {
      const text = explanationOf(printed, format, options, io);
      // stdout is the command's own.
      if (text !== null) await tellText(text, options, { ...io, stdout: io.stderr });
    } catch (error) {
      say(io, false, `backup-vault-access: the refusal could not be explained (${String(error)})`);
    }
  });
}

function explanationOf(
  printed: string,
  format: ReturnType<typeof checkedFormat>,
  { color, output }: OutputOptions,
  io: CliIo,
): string | null {
  const ours = denialsOf(printed).ours.filter(({ ofVaultCreation }) => ofVaultCreation === "yes");
  if (ours.length === 0) return null;
  const text = report(
    ours.map((found) => diagnosisOfText(found)),
    format,
    {
      color: isColored({ color, output }, { ...io, isTerminal: io.isErrorTerminal === true }),
      width: output === undefined ? io.errorColumns : undefined,
    },
  );
  return format === "text" && output === undefined ? `\nbackup-vault-access: the vault was refused.\n\n${text}` : text;
}
