import type { Command } from "commander";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { type FixForm, fixForms, reportFix } from "../report/reportFix.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { didYouMean } from "./didYouMean.js";
import type { OutputOptions } from "./OutputOptions.js";
import { type ShownBeside, tellDiagnoses, tellText } from "./tell.js";

/** The flags that ask for one fix instead of the diagnosis. */
export interface FixFlags {
  fix?: string;
  as?: string;
}

/** Which fix is wanted, and how. */
export interface WantedFix {
  number: number;
  form: FixForm;
}

export function addFixFlags(command: Command): Command {
  return command
    .option("--fix <number>", "print one of the fixes alone, counted from 1, in the form that --as names")
    .option("--as <form>", `with --fix: ${fixForms.slice(0, -1).join(", ")} or ${fixForms.at(-1)}; diff by default`);
}

/** The fix that is asked for; null where none is. @throws CliError where the flags say no such thing */
export function checkedFix({ fix, as: asked }: FixFlags): WantedFix | null {
  const as = asked ?? "diff";
  const form = fixForms.find((one) => one === as);
  if (form === undefined)
    throw new CliError(
      `--as ${as}: expected ${fixForms.slice(0, -1).join(", ")} or ${fixForms.at(-1)}${didYouMean(as, fixForms)}`,
    );
  if (fix === undefined && asked !== undefined)
    throw new CliError(`--as ${as}: expected --fix N beside it: which fix?`);
  if (fix === undefined) return null;
  if (!/^[1-9]\d{0,5}$/.test(fix)) throw new CliError(`--fix ${fix}: expected the number of a fix, from 1`);
  return { number: Number(fix), form };
}

/** Prints the fix that is asked for, or else the diagnoses. @throws CliError where there is no such fix, or several diagnoses */
export async function tellFixOrDiagnoses(
  wanted: WantedFix | null,
  diagnoses: readonly Diagnosis[],
  options: OutputOptions,
  io: CliIo,
  beside: ShownBeside = {},
): Promise<void> {
  if (wanted === null) return tellDiagnoses(diagnoses, options, io, beside);
  return tellText(fixText(diagnoses, wanted), options, io);
}

function fixText(diagnoses: readonly Diagnosis[], { number, form }: WantedFix): string {
  const [diagnosis, ...others] = diagnoses;
  if (diagnosis === undefined || others.length > 0) {
    throw new CliError(`--fix ${number}: expected one diagnosis, found ${diagnoses.length}`);
  }
  try {
    return reportFix(diagnosis, number, form);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(`--fix ${number}: ${error.message}`);
    throw error;
  }
}
