import {
  closeSync,
  createReadStream,
  existsSync,
  ftruncateSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import * as v from "valibot";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { diagnosisSchema } from "../diagnosis/diagnosisSchema.js";
import { inertJson } from "../report/inertJson.js";
import { formatIssue } from "../snapshot/formatIssue.js";
import { CliError } from "./CliError.js";
import { notWritten } from "./notWritten.js";

/** The answers that a survey keeps in a file, a line each, so that it can go on where it was interrupted. */
export interface SurveyJournal {
  append: (diagnosis: Diagnosis) => void;
  /** The open answers that nothing has taken the place of so far. */
  open: () => Iterable<Diagnosis>;
  /** Takes out what was answered anew. */
  close: () => void;
}

/** What makes two answers answers to the same question. */
export function answerKey({ principalArn, backupVaultName, encryptionKeyArn, region }: Diagnosis["subject"]): string {
  return JSON.stringify([principalArn, backupVaultName, encryptionKeyArn, region]);
}

/** Whether asking again may tell more: some of what it rests on failed, or was not answered in time. */
export function isOpenAnswer({ evidence }: Pick<Diagnosis, "evidence">): boolean {
  return evidence.some(({ status }) => status === "failed" || status === "skipped");
}

/** Whether the vault's tags and what was said of the call are the same; which ARN it is, nobody says. */
export function isSameCall(one: Diagnosis["call"], other: Diagnosis["call"]): boolean {
  return callText(one) === callText(other);
}

function callText({ backupVaultTags = {}, context = {} }: Diagnosis["call"] = {}): string {
  const said = Object.entries(context).filter(([key]) => key !== "aws:PrincipalArn");
  return JSON.stringify([Object.entries(backupVaultTags), said].map((entries) => entries.toSorted(byKey)));
}

const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);

/** How earlier answers are taken. */
export interface EarlierAnswers {
  /** Is given each; what is wrong with one ends the survey. */
  take: (diagnosis: Diagnosis) => string | null;
  /** Is given the words about a broken line. */
  tell: (text: string) => void;
}

/** Where a line stands, in bytes, its end included. */
type Place = [from: number, to: number];

/**
 * Opens the file that answers are kept in, and reads those that it holds. A last line that is broken off, as where a process
 * was killed while it wrote, is cut away and told: its principal is asked about again. An open answer (`isOpenAnswer`) stays
 * until there is another one to the same question.
 *
 * @throws CliError naming file and line where another line is no answer
 */
export async function openJournal(file: string, earlier: EarlierAnswers): Promise<SurveyJournal> {
  const open = new Map<string, Place>();
  const outdated: Place[] = [];
  const replace = ({ subject }: Diagnosis) => {
    const key = answerKey(subject);
    const place = open.get(key);
    if (place !== undefined) outdated.push(place);
    open.delete(key);
  };
  const take = (diagnosis: Diagnosis, place: Place): string | null => {
    replace(diagnosis);
    if (isOpenAnswer(diagnosis)) open.set(answerKey(diagnosis.subject), place);
    return earlier.take(diagnosis);
  };
  if (existsSync(file) && !statSync(file).isFile()) {
    throw new CliError(
      `--resume ${file}: expected a file, which is read and written; found a folder, a pipe or a device`,
    );
  }
  const end = existsSync(file) ? await readJournal(file, take, earlier.tell) : 0;
  const handle = written(file, () => openSync(file, existsSync(file) ? "r+" : "w"));
  ftruncateSync(handle, end);
  let at = end;
  function* openAnswers() {
    for (const [from, to] of open.values()) {
      const line = Buffer.alloc(to - from);
      readSync(handle, line, 0, line.length, from);
      const found = answerIn(line.toString("utf8"));
      if ("diagnosis" in found) yield found.diagnosis;
    }
  }
  return {
    open: openAnswers,
    append: (diagnosis) => {
      // Whole or not at all: half a line would be one that no later run can read.
      const line = Buffer.from(`${inertJson(diagnosis)}\n`);
      for (let from = 0; from < line.length; ) {
        from += written(file, () => writeSync(handle, line, from, line.length - from, at + from));
      }
      at += line.length;
      replace(diagnosis);
    },
    close: () => {
      closeSync(handle);
      if (outdated.length > 0) written(file, () => takeOut(file, outdated, at));
    },
  };
}

/** The file without some of its lines; whole before and after, whatever comes between, and readable to nobody else. */
function takeOut(link: string, lines: readonly Place[], end: number): void {
  const file = realpathSync(link);
  const without = `${file}.${process.pid}.tmp`;
  const [from, to] = [openSync(file, "r"), openSync(without, "w", statSync(file).mode)];
  try {
    let start = 0;
    for (const [first, last] of [...lines, [end, end] as const].sort(([one], [other]) => one - other)) {
      for (let at = start; at < first; ) {
        const chunk = Buffer.alloc(Math.min(first - at, 1_000_000));
        const length = readSync(from, chunk, 0, chunk.length, at);
        if (length === 0) throw new Error("it became shorter meanwhile");
        writeFileSync(to, chunk.subarray(0, length));
        at += length;
      }
      start = last;
    }
    renameSync(without, file);
  } catch (error) {
    rmSync(without, { force: true });
    throw error;
  } finally {
    for (const one of [from, to]) closeSync(one);
  }
}

/** @returns where the last whole line ends, in bytes */
async function readJournal(
  file: string,
  earlier: (diagnosis: Diagnosis, place: Place) => string | null,
  tell: (text: string) => void,
): Promise<number> {
  let line = 0;
  let end = 0;
  // What was read of a line that has not ended: put together once, when it ends.
  let rest: Buffer[] = [];
  const take = (text: string, place: Place): void => {
    line += 1;
    if (text.trim() === "") return;
    const found = answerIn(text);
    const problem = "diagnosis" in found ? earlier(found.diagnosis, place) : found.problem;
    if (problem !== null) throw new CliError(`--resume ${file}, line ${line}: ${problem}`);
  };
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        const whole = Buffer.concat([...rest, chunk.subarray(from, at)]);
        const next = end + whole.length + 1;
        take(whole.toString("utf8"), [end, next]);
        end = next;
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

function written<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw notWritten("--resume", file, error);
  }
}
