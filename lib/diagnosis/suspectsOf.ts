import { type Layer, layers } from "../facts/layers.js";
import type { ParsedStatement } from "../policy/ParsedPolicy.js";
import { unique } from "../verdict/LayerJudgement.js";
import type { Suspect } from "./Diagnosis.js";
import { suspectReason } from "./phrases.js";
import { statementTests } from "./statementTests.js";
import type { Scales, WeighedAction } from "./weigh.js";

type SuspectStatement = Suspect["statements"][number];

/**
 * The layers that might block: those whose unknown verdict could turn an action, and, where a denial was seen that
 * nothing confirmed explains, also the session, resource control and VPC endpoint policies that were not read and are
 * otherwise taken to allow (specification, rule 12).
 */
export function suspectsOf(scales: Scales, weighed: readonly WeighedAction[], isUnexplained: boolean): Suspect[] {
  return layers.flatMap((layer) => {
    const actions: string[] = [];
    const dependsOn: string[] = [];
    const notes: string[] = [];
    const statements = new Map<string, SuspectStatement>();
    for (const { question, weight, isExtra } of weighed) {
      const { settled, decision } = weight;
      const suspect = decision.suspects.find((one) => one.layer === layer);
      const { judgement, remark } = settled.layers[layer];
      const isTakenToAllow = isUnexplained && !isExtra && judgement.applies && judgement.takenToAllow;
      if (suspect === undefined && !isTakenToAllow) continue;
      actions.push(question.action);
      dependsOn.push(...(suspect?.dependsOn ?? judgement.denyDependsOn));
      notes.push(judgement.note, remark);
      for (const { ref, target, truth } of judgement.statements) {
        if (truth === "unknown") statements.set(JSON.stringify([ref, target]), { ...ref, target });
      }
    }
    if (actions.length === 0) return [];
    const suspect = { layer, actions, dependsOn: [...unique(dependsOn)], statements: [...statements.values()] };
    const [only, ...others] = suspect.statements;
    // What the one statement that decides asks of the keys that are not known.
    const found = only === undefined || others.length > 0 ? undefined : parsedStatement(scales, layer, only);
    const tests = found === undefined ? [] : statementTests(found, suspect.dependsOn);
    return [{ ...suspect, reason: suspectReason(suspect, unique(notes), tests) }];
  });
}

function parsedStatement({ inquiry }: Scales, layer: Layer, wanted: SuspectStatement): ParsedStatement | undefined {
  const levels = inquiry.known.get(layer)?.levels ?? [];
  const [named, ...others] = levels
    .filter(({ target }) => target === wanted.target)
    .flatMap(({ places }) => places)
    .filter(({ policy, parsed }) => policy.name === wanted.policy && parsed !== null);
  // Inline policies of several groups may have one name; which of them is meant the name does not tell.
  if (named === undefined || others.length > 0) return undefined;
  return named.parsed?.statements.find(({ index }) => index === wanted.index);
}
