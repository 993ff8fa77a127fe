import { closeSync, createReadStream, existsSync, ftruncateSync, openSync, writeSync } from "node:fs";
import * as v from "valibot";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { diagnosisSchema } from "../diagnosis/diagnosisSchema.js";
import { inertJson } from "../report/inertJson.js";
import { formatIssue } from "../snapshot/formatIssue.js";
import { CliError } from "./CliError.js";

/** The answers that a survey keeps in a file, a line each, so that it can go on where it was interrupted. */
export interface SurveyJournal {
  append: (diagnosis: Diagnosis) => void;
  close: () => void;
}

/** What makes two answers answers to the same question. */
export function answerKey({ principalArn, backupVaultName, encryptionKeyArn, region }: Diagnosis["subject"]): string {
  return JSON.stringify([principalArn, backupVaultName, encryptionKeyArn, region]);
}

/**
 * Opens the file that answers are kept in, and reads those that it holds. A last line that is broken off, as where a process
 * was killed while it wrote, is cut away and told: its principal is asked about again.
 *
 * @param tell is given the words about a broken line
 * @throws CliError naming file and line where another line is no answer
 */
export async function openJournal(
  file: string,
  earlier: (diagnosis: Diagnosis) => void,
  tell: (text: string) => void,
): Promise<SurveyJournal> {
  const end = existsSync(file) ? await readJournal(file, earlier, tell) : 0;
  const handle = opened(file, () => openSync(file, existsSync(file) ? "r+" : "w"));
  ftruncateSync(handle, end);
  let at = end;
  return {
    append: (diagnosis) => {
      at += writeSync(handle, `${inertJson(diagnosis)}\n`, at);
    },
    close: () => closeSync(handle),
  };
}

/** @returns where the last whole line ends, in bytes */
async function readJournal(
  file: string,
  earlier: (diagnosis: Diagnosis) => void,
  tell: (text: string) => void,
): Promise<number> {
  let line = 0;
  let end = 0;
  // What was read of a line that has not ended: put together once, when it ends.
  let rest: Buffer[] = [];
  const take = (text: string): void => {
    line += 1;
    if (text.trim() === "") return;
    const found = answerIn(text);
    if ("diagnosis" in found) earlier(found.diagnosis);
    else throw new CliError(`--resume ${file}, line ${line}: ${found.problem}`);
  };
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        const whole = Buffer.concat([...rest, chunk.subarray(from, at)]);
        take(whole.toString("utf8"));
        end += whole.length + 1;
        rest = [];
        from = at + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(
      `--resume ${file}: could not be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  if (rest.length > 0) {
    tell(`--resume ${file}, line ${line + 1} (byte ${end}): the file ends within this line; it is done again`);
  }
  return end;
}

function answerIn(text: string): { diagnosis: Diagnosis } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "expected a Diagnosis as JSON, as --format ndjson prints it" };
  }
  const parsed = v.safeParse(diagnosisSchema, value, { abortEarly: true });
  if (parsed.success) return { diagnosis: parsed.output };
  const { path, expected } = formatIssue(parsed.issues[0]);
  return { problem: `${path}: ${expected}` };
}

function opened(file: string, open: () => number): number {
  try {
    return open();
  } catch (error) {
    throw new CliError(
      `--resume ${file}: could not be written (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
