import { setImmediate } from "node:timers/promises";
import type { Diagnosis, EvidenceCall } from "../diagnosis/Diagnosis.js";
import { newJudge } from "../newJudge.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { newSurveySummary } from "../survey/newSurveySummary.js";
import { reportSummary, summaryFormats } from "../survey/reportSummary.js";
import type { SurveyedAccount } from "./accountFiles.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { exitCodeOf, interruptedCode } from "./exitCodeOf.js";
import { checkedFormat } from "./formats.js";
import type { OutputOptions } from "./OutputOptions.js";
import type { SurveyFlags } from "./surveyFlags.js";
import { answerKey, isOpenAnswer, isSameCall, openJournal, type SurveyJournal } from "./surveyJournal.js";
import { surveyOutput } from "./surveyOutput.js";
import { say, tellText } from "./tell.js";
import type { WantedPrincipals } from "./wantedPrincipals.js";

/** What all principals of an account share, for one vault, key and Region; and what could not be read of it. */
export interface SharedEvidence {
  snapshot: Snapshot;
  unread: EvidenceCall[];
}

/** What a survey goes through. */
export interface SurveyWork {
  /** @param broken is given the error about an account that cannot be read; the others still are */
  accounts: (broken: (error: CliError) => void) => AsyncIterable<SurveyedAccount>;
  shared: (account: SurveyedAccount) => Promise<SharedEvidence[]>;
  wanted: WantedPrincipals;
  /** With which tags, and what is known of the call. */
  asked: NonNullable<Diagnosis["call"]>;
  /** Several vaults, keys or Regions. */
  isOfMany: boolean;
  /** Aborts when the person does not want to wait longer. */
  signal: AbortSignal;
  /** One more is done. */
  done: () => void;
}

type Kept = Pick<Diagnosis, "outcome" | "blockers" | "subject">;

const otherCall = "it is about a call with other tags (--tag) or another context (--context); name another file";

/** So often others of the process have their turn, and progress is told. */
const turn = 64;
const told = 1000;

/**
 * Asks about every principal of every account, one after the other. What was told stays told, whatever happens later: an
 * account that cannot be read, or a person that is wanted and is not there, is told at its place and gives the exit code.
 *
 * @returns the exit code: what could not be done over what was answered
 */
export async function survey(work: SurveyWork, options: OutputOptions & SurveyFlags, io: CliIo): Promise<number> {
  const tellLine = (text: string) => say(io, options.quiet, text);
  const counts = { blocked: 0, inconclusive: 0, allowed: 0 };
  const isSummed = options.summary === true;
  const isKept = options.resume !== undefined && options.format === "ndjson";
  const output = surveyOutput({ ...options, quiet: options.quiet === true || isSummed || isKept }, work.isOfMany, io);
  const judge = newJudge();
  const summary = isSummed ? newSurveySummary(judge) : null;
  const done = new Map<string, Kept | null>();
  const missing = new Map(work.wanted.named);
  const failures: CliError[] = [];
  const fail = (error: CliError) => {
    failures.push(error);
    say(io, false, `error: ${error.message}`);
  };

  const tell = (diagnosis: Diagnosis): void => {
    counts[diagnosis.outcome] += 1;
    output.answer(diagnosis);
  };
  const take = (diagnosis: Diagnosis): string | null => {
    const { outcome, blockers, subject } = diagnosis;
    if (!isSameCall(diagnosis.call, work.asked)) return otherCall;
    const key = answerKey(subject);
    // What asking again may tell more of is asked again.
    if (isOpenAnswer(diagnosis) || done.has(key)) return null;
    done.set(key, isSummed ? { outcome, blockers, subject } : null);
    tell(diagnosis);
    return null;
  };
  const { resume } = options;
  const journal = resume === undefined ? null : await openJournal(resume, { take, tell: tellLine });
  const earlier = done.size;
  if (earlier > 0) tellLine(`${resume}: ${earlier} answers are there already`);

  const one = (
    account: SurveyedAccount,
    detail: Parameters<SurveyedAccount["snapshotOf"]>[1],
    shared: SharedEvidence,
  ) => {
    const { request } = shared.snapshot;
    const key = answerKey({ ...request, callerArn: null, principalArn: detail.Arn });
    const known = done.get(key);
    // What was answered before, or stands twice in what is read, is not asked again; a summary proves it again.
    if (known === null || (known !== undefined && summary === null)) return;
    const snapshot = account.snapshotOf(shared.snapshot, detail);
    if (known !== undefined) {
      summary?.add(known, snapshot);
    } else {
      const judged = judge.diagnose(snapshot, { fixes: false });
      const diagnosis = shared.unread.length === 0 ? judged : { ...judged, evidence: shared.unread };
      tell(diagnosis);
      journal?.append(diagnosis);
      if (journal !== null && isOpenAnswer(diagnosis)) openCount += 1;
      summary?.add(diagnosis, snapshot);
    }
    done.set(key, null);
  };

  let asked = 0;
  let openCount = 0;
  try {
    for await (const account of work.accounts(fail)) {
      const shared = await sharedOf(account, work, fail);
      // What was read of it when it was interrupted is not all that could be: an answer by it would stay in the journal.
      if (work.signal.aborted) break;
      if (shared === null) continue;
      for await (const some of account.principals()) {
        for (const detail of some) {
          if (!work.wanted.wants(detail.Arn)) continue;
          missing.delete(detail.Arn);
          for (const evidence of shared) one(account, detail, evidence);
          asked += 1;
          work.done();
          // A terminal is shown every one of them.
          if (asked % told === 0 && io.isErrorTerminal !== true) tellLine(`${asked} principals checked`);
          if (asked % turn === 0) await setImmediate();
          if (work.signal.aborted) break;
        }
        if (work.signal.aborted) break;
      }
      if (work.signal.aborted) break;
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    fail(error);
  } finally {
    for (const diagnosis of journal?.open() ?? []) if (!done.has(answerKey(diagnosis.subject))) tell(diagnosis);
    closeJournal(journal, fail);
  }
  if (!work.signal.aborted && failures.length === 0) {
    for (const [arn, place] of missing) fail(new CliError(`${place}: there is no ${arn} in what was read`, 4));
  }
  const { blocked, inconclusive, allowed } = counts;
  const total = blocked + inconclusive + allowed;
  const line = `${total} answers: ${allowed} allowed, ${blocked} blocked, ${inconclusive} inconclusive`;
  // Where nothing could be answered, there is no report, and an earlier one stays as it is.
  const isNothing = total === 0 && (failures.length > 0 || work.signal.aborted);
  if (!isNothing) await output.end(line);
  if (!isNothing && summary !== null) {
    await tellText(reportSummary(summary.summary(), checkedFormat(options.format, summaryFormats)), options, io);
  } else if (!isNothing && (options.format !== "text" || options.quiet === true)) tellLine(line);
  if (openCount > 0) {
    tellLine(
      `${resume}: of ${openCount} answers some evidence could not be read; the same command asks about them again`,
    );
  }
  if (work.signal.aborted) {
    const next = resume === undefined ? "with --resume FILE the next run goes on" : "the same command goes on";
    tellLine(`interrupted after ${asked} principals; ${next}`);
    return interruptedCode;
  }
  if (failures.length > 0) return failures.some(({ exitCode }) => exitCode === 3) ? 3 : 4;
  return exitCodeOf(outcomesOf(counts));
}

/** What was answered is told also where the file cannot be put in order any more. */
function closeJournal(journal: SurveyJournal | null, fail: (error: CliError) => void): void {
  try {
    journal?.close();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    fail(error);
  }
}

function outcomesOf(counts: Readonly<Record<Diagnosis["outcome"], number>>): Pick<Diagnosis, "outcome">[] {
  return (["blocked", "inconclusive"] as const).flatMap((outcome) => (counts[outcome] > 0 ? [{ outcome }] : []));
}

/** Null where it cannot be read, which is told. */
async function sharedOf(
  account: SurveyedAccount,
  { shared, signal }: SurveyWork,
  fail: (error: CliError) => void,
): Promise<SharedEvidence[] | null> {
  try {
    return await shared(account);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    if (!signal.aborted) fail(new CliError(`${account.name}: ${error.message}`, error.exitCode));
    return null;
  }
}
