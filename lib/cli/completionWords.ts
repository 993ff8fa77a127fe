import type { Command, Option } from "commander";
import { reportFormats } from "../report/ReportFormat.js";
import { fixForms } from "../report/reportFix.js";

/** An option as a shell completes it. */
export interface CompletedOption {
  flag: string;
  short: string | null;
  description: string;
  /** What stands behind it: one of some words, a file, anything, or nothing. */
  value: readonly string[] | "file" | "any" | null;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  name: string;
  description: string;
  options: CompletedOption[];
  /** What stands behind the options: one of some words, a command of one's own, or nothing. */
  argument: readonly string[] | "command" | null;
}

/** The words that may follow: made from the commands themselves, so that none is forgotten. */
export function completionWords(program: Command): { commands: CompletedCommand[]; shared: CompletedOption[] } {
  const optionsOf = (command: Command) => command.options.flatMap((option) => completed(option) ?? []);
  return {
    commands: program.commands.map((command) => {
      const [first] = command.registeredArguments;
      return {
        name: command.name(),
        description: command.description(),
        options: optionsOf(command),
        argument: first === undefined ? null : first.variadic ? ("command" as const) : (first.argChoices ?? null),
      };
    }),
    shared: optionsOf(program),
  };
}

function completed({ long, short, description, argChoices, flags, required }: Option): CompletedOption | null {
  if (!long) return null;
  const choices = argChoices ?? (long === "--format" ? reportFormats : long === "--as" ? fixForms : null);
  const isFile = /<(?:files?(?:\.\.\.)?|path|folder|what)>/.test(flags);
  return {
    flag: long,
    short: short ?? null,
    description,
    value: required ? (choices ?? (isFile ? "file" : "any")) : null,
  };
}
