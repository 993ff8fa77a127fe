import { callKind } from "../facts/actions.js";
import type { Assumption } from "../facts/conditionKeys.js";
import { layers } from "../facts/layers.js";
import type { Question } from "../question/inquiryOf.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { type Asked, ask, type ReadInquiry } from "../verdict/Asked.js";
import { judgeAction } from "../verdict/judgeAction.js";
import { verdictOf } from "../verdict/LayerJudgement.js";
import { type ActionDecision, decide, reachBy } from "./decide.js";
import { dryRunLookup, dryRunOf, hearDryRun } from "./hearDryRun.js";
import type { OwnWords } from "./LayerClaim.js";
import type { SettledAction } from "./SettledAction.js";
import { settle, settledByWords } from "./settle.js";
import { type ReadSimulation, type SimulatorClaims, simulatorClaims } from "./simulatorClaims.js";
import { clearedOwnCall, type Heard } from "./wordsOf.js";

/** One action, settled and decided. */
export interface WeighedAction {
  readonly question: Question;
  readonly settled: SettledAction;
  readonly decision: ActionDecision;
  /** The same without the assumptions that it met; the decision itself where it met none. */
  readonly firm: { readonly settled: SettledAction; readonly decision: ActionDecision };
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
    const settled = settleAll(scales, asked, words, simulator);
    return { asked, settled, decision: decide(settled, reachBy(inquiry, question)) };
  };

  const { asked, settled, decision } = weighWithout();
  const plain = { settled, decision };
  if (asked.met.size === 0) return { question, ...plain, firm: plain, restsOn: [], isExtra: false };
  // What was decided by one assumption may meet another without it.
  let without = weighWithout(asked.met);
  const all = new Set([...asked.met, ...without.asked.met]);
  for (let before = asked.met.size; all.size > before; ) {
    before = all.size;
    without = weighWithout(all);
    for (const name of without.asked.met) all.add(name);
  }
  const met = [...all];
  const told = fingerprint(settled, decision);
  const isAnother = (other: { settled: SettledAction; decision: ActionDecision }) =>
    fingerprint(other.settled, other.decision) !== told;
  let restsOn: Assumption[] = [];
  if (isAnother(without)) {
    const alone = met.length === 1 ? met : met.filter((one) => isAnother(weighWithout(new Set([one]))));
    restsOn = alone.length > 0 ? alone : met;
  }
  return { question, settled, decision, firm: without, restsOn, isExtra: false };
}

function settleAll(
  { snapshot, inquiry }: Scales,
  asked: Asked,
  words: readonly OwnWords[],
  simulator: SimulatorClaims,
): SettledAction {
  const { question } = asked;
  const settled = settle(
    judgeAction(asked),
    {
      words,
      simulator,
      underSimulator: (layer, { lookup }) => judgeAction(ask(inquiry, question, undefined, lookup)).layers[layer],
    },
    asked,
  );
  const run = dryRunOf(snapshot, inquiry, question);
  const [ownCall] = inquiry.questions;
  if (run === null || ownCall === undefined) return settled;
  const direct = ask(inquiry, question, new Set(["no-grants"]), dryRunLookup(question, ownCall));
  const judged = settle(
    judgeAction(direct),
    { words: [], simulator: {}, underSimulator: () => judgeAction(direct).layers["key-policy"] },
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
  const decision = decide(settled, "identity");
  return { question, settled, decision, firm: { settled, decision }, restsOn: [], isExtra: true };
}

function fingerprint({ layers: settled }: SettledAction, { verdict, explicit, silent }: ActionDecision): string {
  return `${verdict} ${explicit.join()} ${silent.join()} ${layers.map((layer) => verdictOf(settled[layer].judgement)).join()}`;
}
