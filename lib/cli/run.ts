import { Command, CommanderError } from "commander";
import { InvalidRequestError } from "../options/InvalidRequestError.js";
import { printable } from "../report/printable.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { checkCommand } from "./checkCommand.js";
import { emulatorCommand } from "./emulatorCommand.js";
import { explainCommand } from "./explainCommand.js";
import { isOwnFault } from "./isOwnFault.js";
import { policyCommand } from "./policyCommand.js";
import { runCommand } from "./runCommand.js";
import { snapshotCommand } from "./snapshotCommand.js";
import { testCommand } from "./testCommand.js";

/**
 * The command line: 0 allowed, 1 blocked, 2 inconclusive, 3 bad usage or bad input, 4 could not run, 70 a fault of its
 * own.
 *
 * @param argv what stands after the program's name
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  let code = 0;
  const end = (given: number) => {
    code = given;
  };
  const program = new Command("backup-vault-access")
    .description("Explains why AWS refused to create an AWS Backup vault.")
    .version("0.1.0")
    .option("--format <format>", "text, json, ndjson, junit, sarif, html, markdown or github", "text")
    .option("--output <file>", "write there instead of to stdout")
    .option("--config <file>", "a file with settings for check, snapshot and test")
    .option("--quiet", "print nothing; the exit code answers")
    .option("--no-color", "without colours")
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .exitOverride();
  explainCommand(program, io, end);
  runCommand(program, io, end);
  checkCommand(program, io, end);
  snapshotCommand(program, io, end);
  policyCommand(program, io, end);
  emulatorCommand(program, io, end);
  testCommand(program, io, end);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeOut: io.stdout, writeErr: io.stderr });

  try {
    await program.parseAsync(hoisted(argv), { from: "user" });
    return code;
  } catch (error) {
    return failure(error, io);
  }
}

/** The common options are taken behind the command too, as people write them. */
function hoisted(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const own = end < 0 ? [...argv] : argv.slice(0, end);
  const front: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < own.length; at += 1) {
    const word = own[at] ?? "";
    if (/^--(quiet|no-color)$|^--(format|output|config)=/.test(word)) front.push(word);
    else if (/^--(format|output|config)$/.test(word)) {
      at += 1;
      const value = own[at];
      if (value === undefined) throw new CliError(`${word}: expected a value after it`);
      front.push(word, value);
    } else rest.push(word);
  }
  return [...front, ...rest, ...(end < 0 ? [] : argv.slice(end))];
}

function failure(error: unknown, io: CliIo): number {
  if (error instanceof CommanderError) {
    // commander has already printed help or what was wrong.
    return error.exitCode === 0 ? 0 : 3;
  }
  if (error instanceof CliError) {
    io.stderr(`error: ${printable(error.message)}\n`);
    return error.exitCode;
  }
  if (error instanceof InvalidRequestError) {
    io.stderr(`error: ${printable(error.message)}\n`);
    return 3;
  }
  const told = printable(error instanceof Error ? error.message : String(error));
  if (!isOwnFault(error)) {
    io.stderr(`error: ${told}\n`);
    return 4;
  }
  io.stderr(`error: a fault of backup-vault-access itself, please report it: ${told}\n`);
  return 70;
}
