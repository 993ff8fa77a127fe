import { type Layer, layers } from "../facts/layers.js";
import { again } from "../policy/again.js";
import { parsedPolicy } from "../policy/policyMemory.js";
import { inquiryOf } from "../question/inquiryOf.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { ReadInquiry } from "../verdict/Asked.js";
import { type KnownLevels, type LevelMemory, newLevelMemory } from "../verdict/KnownLevels.js";
import { blockersOf } from "./blockersOf.js";
import type { Blocker, Diagnosis } from "./Diagnosis.js";
import { readSimulations } from "./readSimulations.js";
import { type Scales, type WeighedAction, weigh } from "./weigh.js";
import { wordsOf } from "./wordsOf.js";

/** The memory of everybody who has none of his own. */
export const everybodysMemory: LevelMemory = newLevelMemory(parsedPolicy, { mayChange: true });

/** What a snapshot is read with. */
export interface JudgingMeans {
  levels: LevelMemory;
  simulations: typeof readSimulations;
}

/** Means for one diagnosis and its proofs, during which nobody changes the snapshot: its simulations are read once. */
export function newJudgingMeans(levels: LevelMemory): JudgingMeans {
  const ofCaller = again((simulation: Snapshot["simulation"], caller: Snapshot["caller"]) =>
    readSimulations({ simulation, caller }),
  );
  return { levels, simulations: ({ simulation, caller }) => ofCaller(simulation, caller) };
}

/** What blocks, and what comes of it: all that a proof needs of a diagnosis. */
export interface SnapshotJudgement {
  scales: Scales;
  weighed: WeighedAction[];
  outcome: Diagnosis["outcome"];
  /** The actions that nothing read decides. */
  undecided: string[];
  blockers: Blocker[];
  omittedBlockers: number;
  /** Those that are left out of the blockers, for who has to compare them all. */
  others: () => readonly Blocker[];
}

/** Weighs every action of a snapshot, and says what blocks it. */
export function judgeSnapshot(
  snapshot: Snapshot,
  { levels, simulations }: JudgingMeans = newJudgingMeans(everybodysMemory),
): SnapshotJudgement {
  const inquiry = readInquiry(snapshot, levels);
  const heard = wordsOf(snapshot, inquiry);
  const scales: Scales = { snapshot, inquiry, heard, simulations: simulations(snapshot) };
  const weighed = weigh(scales);
  const { blockers, omitted, others } = blockersOf(weighed, heard.action, inquiry.caller);
  return {
    scales,
    weighed,
    outcome: outcomeOf(weighed, blockers, heard.isSeen),
    undecided: weighed.flatMap(({ question, weight }) =>
      weight.decision.verdict === "unknown" ? [question.action] : [],
    ),
    blockers,
    omittedBlockers: omitted,
    others,
  };
}

/** The questions of a snapshot, with the policies of its layers as the memory knows them. */
export function readInquiry(snapshot: Snapshot, levels: LevelMemory): ReadInquiry {
  const inquiry = inquiryOf(snapshot);
  const known = new Map<Layer, KnownLevels>();
  for (const layer of layers) {
    if (layer === "key-state") continue;
    const evidence = inquiry.evidence[layer];
    if (evidence.status === "read") known.set(layer, levels(layer, evidence));
  }
  return { ...inquiry, known, isFamiliar: [...known.values()].every(({ isFamiliar }) => isFamiliar) };
}

/** Specification, rule 11. */
function outcomeOf(
  weighed: readonly WeighedAction[],
  blockers: readonly Blocker[],
  isSeen: boolean,
): Diagnosis["outcome"] {
  if (blockers.some(({ certainty }) => certainty === "confirmed" || isSeen)) return "blocked";
  const isOpen = weighed.some(({ weight }) => weight.decision.verdict === "unknown");
  return blockers.length > 0 || isOpen || isSeen ? "inconclusive" : "allowed";
}
