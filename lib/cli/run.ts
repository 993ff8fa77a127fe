import { Command, CommanderError, type Option } from "commander";
import { toolVersion } from "../facts/toolVersion.js";
import { printableLines } from "../report/printableLines.js";
import { reportFormats } from "../report/ReportFormat.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { checkCommand } from "./checkCommand.js";
import { completionCommand } from "./completionCommand.js";
import { emulatorCommand } from "./emulatorCommand.js";
import { explainCommand } from "./explainCommand.js";
import { failure } from "./failure.js";
import { initCommand } from "./initCommand.js";
import { mcpCommand } from "./mcpCommand.js";
import { policyCommand } from "./policyCommand.js";
import { refuseTwice } from "./refuseTwice.js";
import { runCommand } from "./runCommand.js";
import { snapshotCommand } from "./snapshotCommand.js";
import { sweepCommand } from "./sweepCommand.js";
import { testCommand } from "./testCommand.js";

/**
 * The command line: 0 allowed, 1 blocked, 2 inconclusive, 3 bad usage or bad input, 4 could not run, 70 a fault of its own.
 *
 * @param argv what stands after the program's name
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  let code = 0;
  const program = newProgram(io, (given) => {
    code = given;
  });
  try {
    await program.parseAsync(hoisted(program, argv), { from: "user" });
    return code;
  } catch (error) {
    return failure(error, io);
  }
}

/** The program with all its commands; `end` is given the exit code. */
function newProgram(io: CliIo, end: (code: number) => void): Command {
  const program = new Command("backup-vault-access")
    .description("Explains why AWS refused to create an AWS Backup vault.")
    .version(toolVersion)
    .option("--format <format>", `${reportFormats.slice(0, -1).join(", ")} or ${reportFormats.at(-1)}`, "text")
    .option("-o, --output <file>", "write there instead of to stdout")
    .option("--config <file>", "a file with settings for check, snapshot and test")
    .option("--print-config", "print the settings in force and where each comes from, and do nothing else")
    .option("--quiet", "print nothing; the exit code answers")
    .option("--no-color", "without colours")
    // What commands inherit, they inherit as they are added.
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      // What it could not take may have come from anywhere.
      outputError: (text, write) => write(`${printableLines(text).join("\n").trimEnd()}\n`),
      getOutHelpWidth: () => io.columns ?? 80,
    })
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride();
  for (const add of [
    explainCommand,
    runCommand,
    checkCommand,
    snapshotCommand,
    policyCommand,
    emulatorCommand,
    testCommand,
    sweepCommand,
    initCommand,
    mcpCommand,
    completionCommand,
  ]) {
    add(program, io, end);
  }
  for (const command of [program, ...program.commands]) refuseTwice(command);
  for (const command of program.commands) instead(command.passThroughOptions(runsAnother(command)), io);
  return program;
}

/** Where the settings are asked for, they are printed instead of what the command does. */
function instead(command: Command, io: CliIo): void {
  command.hook("preAction", async (_, asked) => {
    if (asked.optsWithGlobals<{ printConfig?: boolean }>().printConfig !== true) return;
    const { printConfig } = await import("./printConfig.js");
    await printConfig(asked, io);
    throw new CommanderError(0, "printConfig", "");
  });
}

/** Whatever stands behind the name of what is to be run, is its own. */
const runsAnother = ({ registeredArguments: [first] }: Command) => first?.variadic === true;

/** The shared options are taken behind the command too, as people write them, but not from what it is to run. */
function hoisted(program: Command, argv: readonly string[]): string[] {
  const front: string[] = [];
  const rest: string[] = [];
  let command: Command | undefined;
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? "";
    const isOption = /^-./.test(word);
    if (word === "--" || (!isOption && command !== undefined && runsAnother(command)))
      return [...front, ...rest, ...argv.slice(at)];
    if (!isOption) command ??= program.commands.find((one) => one.name() === word);
    const name = word.startsWith("--") ? word.split("=", 1).join() : word.slice(0, 2);
    const named = ({ short, long }: Option) => short === name || long === name;
    const shared = program.options.find(named);
    const to = shared === undefined ? rest : front;
    // -o=FILE, as other tools take it, would be a file called =FILE.
    to.push(
      shared !== undefined && word.startsWith(`${name}=`) && name === shared.short ? word.replace("=", "") : word,
    );
    if (word !== name || (shared ?? command?.options.find(named))?.required !== true) continue;
    at += 1;
    const value = argv[at];
    if (value === undefined) throw new CliError(`${word}: expected a value after it`);
    to.push(value);
  }
  return [...front, ...rest];
}
