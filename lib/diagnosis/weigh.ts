import { callKind } from "../facts/actions.js";
import type { Assumption } from "../facts/conditionKeys.js";
import { layers } from "../facts/layers.js";
import type { Question } from "../question/inquiryOf.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { type Asked, ask, type ReadInquiry } from "../verdict/Asked.js";
import { judgeAction, judgeLayer } from "../verdict/judgeAction.js";
import { verdictOf } from "../verdict/LayerJudgement.js";
import { decide, reachBy } from "./decide.js";
import { type DryRun, dryRunLookup, dryRunOf, hearDryRun } from "./hearDryRun.js";
import type { OwnWords } from "./LayerClaim.js";
import type { ReadSimulation } from "./readSimulations.js";
import type { SettledAction } from "./SettledAction.js";
import { type Hearing, settle, settledByWords } from "./settle.js";
import { type SimulatorClaims, simulatorClaims, simulatorLookup } from "./simulatorClaims.js";
import { type AskedUnder, keepWeighed, type UnderSimulator, type Weight, weighedBefore } from "./weighedBefore.js";
import { clearedOwnCall, type Heard } from "./wordsOf.js";

/** One action, settled and decided. */
export interface WeighedAction {
  readonly question: Question;
  readonly weight: Weight;
  /** The same without the assumptions that it met; the same object where it met none. */
  readonly firm: Weight;
  /** The assumptions without which something would be another. */
  readonly restsOn: readonly Assumption[];
  /** An action that only the denial names: nothing else is known of it. */
  readonly isExtra: boolean;
}

/** What is weighed beside the policies. */
export interface Scales {
  snapshot: Snapshot;
  inquiry: ReadInquiry;
  heard: Heard;
  simulations: readonly ReadSimulation[];
}

/** Judges, settles and decides every action: the seven, the tagging, and an eighth that the denial names. */
export function weigh(scales: Scales): WeighedAction[] {
  const { inquiry, heard } = scales;
  const weighed = inquiry.questions.map((question) => weighQuestion(scales, question));
  const { action } = heard;
  if (action === null || inquiry.questions.some((question) => question.action === action)) return weighed;
  // The first question is the caller's own call, in whose context the action is asked about.
  return [...weighed, ...inquiry.questions.slice(0, 1).map(({ context }) => weighExtra(scales, action, context))];
}

function weighQuestion(scales: Scales, question: Question): WeighedAction {
  const { inquiry, heard, simulations } = scales;
  const simulator = question.kind === "kms" && inquiry.key.isByAlias ? {} : simulatorClaims(simulations, question);
  const isCleared = heard.clearsOwnCall && question.action === "backup:CreateBackupVault";
  const words = isCleared ? [clearedOwnCall] : heard.words(question.action);
  const weighWithout = (without?: ReadonlySet<Assumption>) => {
    const asked = ask(inquiry, question, without);
    return { asked, weight: weighAsked(scales, asked, words, simulator) };
  };

  const { asked, weight } = weighWithout();
  if (asked.met.size === 0) return { question, weight, firm: weight, restsOn: [], isExtra: false };
  // What was decided by one assumption may meet another without it.
  let without = weighWithout(asked.met);
  const all = new Set([...asked.met, ...without.asked.met]);
  for (let before = asked.met.size; all.size > before; ) {
    before = all.size;
    without = weighWithout(all);
    for (const name of without.asked.met) all.add(name);
  }
  const met = [...all];
  const isAnother = (other: Weight) => other !== weight && fingerprint(other) !== fingerprint(weight);
  let restsOn: Assumption[] = [];
  if (isAnother(without.weight)) {
    const alone = met.length === 1 ? met : met.filter((one) => isAnother(weighWithout(new Set([one])).weight));
    restsOn = alone.length > 0 ? alone : met;
  }
  return { question, weight, firm: without.weight, restsOn, isExtra: false };
}

function weighAsked(
  { snapshot, inquiry }: Scales,
  asked: Asked,
  words: readonly OwnWords[],
  simulator: SimulatorClaims,
): Weight {
  const { question } = asked;
  const judged = judgeAction(asked);
  const by = reachBy(inquiry, question);
  const run = dryRunOf(snapshot, inquiry, question);
  const weighing = { action: question.action, by, judged, simulator };
  const isOfThisCall = words.length > 0 || run !== null;
  const underSimulator: UnderSimulator = (layer, { input }) =>
    judgeLayer(layer, ask(inquiry, question, undefined, simulatorLookup(question, input)));
  const identity = isOfThisCall ? undefined : inquiry.known.get("identity-policy");
  const before = identity && weighedBefore(identity, weighing, underSimulator);
  if (before !== undefined) return before;
  const under: AskedUnder[number][] = [];
  const hearing: Hearing = {
    words,
    simulator,
    underSimulator: (layer, claim) => {
      const judgement = underSimulator(layer, claim);
      under.push({ layer, judgement });
      return judgement;
    },
  };
  const plain = settle(judged, hearing, asked);
  const settled = run === null ? plain : withDryRun(plain, run, asked);
  const weight = { settled, decision: decide(settled, by), told: null };
  if (identity !== undefined && inquiry.isFamiliar) keepWeighed(identity, weighing, under, weight);
  return weight;
}

function withDryRun(settled: SettledAction, run: DryRun, asked: Asked): SettledAction {
  const { inquiry, question } = asked;
  const [ownCall = question] = inquiry.questions;
  const direct = ask(inquiry, question, new Set(["no-grants"]), dryRunLookup(question, ownCall));
  const judged = settle(
    judgeAction(direct),
    { words: [], simulator: {}, underSimulator: () => judgeLayer("key-policy", direct) },
    direct,
  );
  return hearDryRun(settled, run, decide(judged, reachBy(inquiry, question)), asked);
}

/** Only what the message says of it is known (specification, rule 9). */
function weighExtra({ inquiry, heard }: Scales, action: string, context: Question["context"]): WeighedAction {
  const question: Question = {
    action,
    kind: callKind(action),
    resource: heard.resource ?? "*",
    context,
    exempt: new Set(),
  };
  const asked = ask(inquiry, question);
  const settled = settledByWords(heard.words(action), judgeAction(asked), asked);
  const weight = { settled, decision: decide(settled, "identity"), told: null };
  return { question, weight, firm: weight, restsOn: [], isExtra: true };
}

function fingerprint({ settled, decision: { verdict, explicit, silent } }: Weight): string {
  const each = layers.map((layer) => verdictOf(settled.layers[layer].judgement));
  return `${verdict} ${explicit.join()} ${silent.join()} ${each.join()}`;
}
