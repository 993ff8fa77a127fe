import type { Fix } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import type { SimulatedRow } from "../evidence/customSimulations.js";
import { layerNames } from "../facts/layers.js";
import type { SimulableFix } from "../fix/simulableFix.js";

/** Whether the simulator says what the proof says: that the actions get through. */
export function simulatedAnswer(
  { actions, leftOut }: Pick<SimulableFix, "actions" | "leftOut">,
  rows: readonly SimulatedRow[],
): NonNullable<Fix["simulated"]> {
  const without =
    leftOut.length === 0
      ? ""
      : `, asked without the ${inWords(leftOut.map((one) => layerNames[one]))}, where something else blocks or which was not read`;
  const unasked = actions.filter((action) => !rows.some((row) => row.action === action));
  const refused = rows.filter(({ decision }) => decision !== "allowed");
  // A silence for want of keys may not be the real call's.
  const open = refused.filter(({ decision, missing }) => decision === "implicitDeny" && missing.length > 0);
  const told = (some: readonly SimulatedRow[]) =>
    [...new Set(some.map(({ decision }) => decision))]
      .map((one) => `${one} to ${inWords(some.filter(({ decision }) => decision === one).map(({ action }) => action))}`)
      .join("; ");
  if (refused.length > open.length) {
    const firm = refused.filter((row) => !open.includes(row));
    return { answer: "disagrees", detail: `With the change made it says ${told(firm)}${without}.` };
  }
  if (open.length > 0) {
    const keys = [...new Set(open.flatMap(({ missing }) => missing))];
    return {
      answer: "undecided",
      detail: `It says ${told(open)}, not knowing ${inWords(keys.slice(0, 5))}${without}.`,
    };
  }
  if (unasked.length > 0) {
    return { answer: "undecided", detail: `Not asked of ${inWords(unasked)}: which key it is, is not known.` };
  }
  return { answer: "agrees", detail: `With the change made it allows ${inWords(actions)}${without}.` };
}
