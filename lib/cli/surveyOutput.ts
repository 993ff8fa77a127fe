import { closeSync, openSync, writeFileSync } from "node:fs";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { inertJson } from "../report/inertJson.js";
import { surveyRow } from "../survey/surveyRow.js";
import type { CliIo } from "./CliIo.js";
import { notWritten } from "./notWritten.js";
import type { OutputOptions } from "./OutputOptions.js";
import { tellDiagnoses } from "./tell.js";

/** Where the answers of a survey go. */
export interface SurveyOutput {
  answer: (diagnosis: Diagnosis) => void;
  /** Ends with a line for people, where there is a table. */
  end: (lastLine: string) => Promise<void>;
}

/**
 * A table for people and lines for programs, each row as it is known; other formats are reports of all, at the end.
 *
 * @param isOfMany whether several vaults, keys or Regions are asked about
 */
export function surveyOutput(options: OutputOptions, isOfMany: boolean, io: CliIo): SurveyOutput {
  const { format, quiet } = options;
  if (quiet === true) return { answer: () => {}, end: async () => {} };
  if (format !== "text" && format !== "ndjson") {
    const all: Diagnosis[] = [];
    return { answer: (one) => void all.push(one), end: () => tellDiagnoses(all, options, io) };
  }
  const { write, close } = written(options, io);
  return {
    answer: (one) => write(format === "text" ? surveyRow(one, isOfMany) : `${inertJson(one)}\n`),
    end: async (lastLine) => {
      if (format === "text") write(`${lastLine}\n`);
      close();
    },
  };
}

/** To stdout, or to the file as it comes: a file that is there stays as it is until there is an answer. */
function written({ output }: OutputOptions, io: CliIo): { write: (text: string) => void; close: () => void } {
  if (output === undefined) return { write: io.stdout, close: () => {} };
  let handle: number | undefined;
  const orTold = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw notWritten("--output", output, error);
    }
  };
  return {
    write: (text) =>
      orTold(() => {
        handle ??= openSync(output, "w");
        writeFileSync(handle, text);
      }),
    close: () => handle !== undefined && closeSync(handle),
  };
}
