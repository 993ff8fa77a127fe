import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import { printable } from "../../report/printable.js";
import { report } from "../../report/report.js";
import type { ToolAnswer } from "./Tool.js";

/**
 * Diagnoses as an assistant is told them: the report that a person reads, and what a program would ask first. No policy
 * document is in it, and every text is one line that does nothing where it is shown.
 *
 * @param note said first
 */
export function answerOf(diagnoses: readonly Diagnosis[], note?: string): ToolAnswer {
  const parts = diagnoses.map(
    ({ outcome, blockingLayer, subject, summary, blockers, suspects, assumptions, fixes }) => ({
      outcome,
      blockingLayer,
      subject,
      summary,
      blockers,
      suspects,
      assumptions,
      fixes: fixes.map(({ blocker, title, owner, verified }) => ({ blocker, title, owner, verified })),
    }),
  );
  return {
    text: `${note === undefined ? "" : `${printable(note)}\n\n`}${report(diagnoses, "text")}`,
    parts: inert({ diagnoses: parts }) as Record<string, unknown>,
  };
}

function inert(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === "string" ? printable(part) : part));
}
