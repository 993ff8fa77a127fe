import type { ContextLookup } from "../../policy/ContextKeyState.js";
import { conditionTruth } from "../../policy/conditions/conditionTruth.js";
import type { ParsedPolicies } from "./parsedPolicies.js";
import type { SimulationContext } from "./simulationContext.js";

/**
 * The keys that the policies ask for and nobody gave: of every statement, also of those for other actions, as the
 * policies spell them; of those that the simulator fills in by itself, the Region apart, where a test on them fails
 * (aws-behaviour, simulator-principal-arn). Service control policies' keys are never told.
 */
export function missingKeys(
  { identity, boundary, resource }: ParsedPolicies,
  lookup: ContextLookup,
  { filledIn, given }: SimulationContext,
): string[] {
  const missing = new Set<string>();
  const ask = (key: string) => {
    if (lookup(key).state.kind === "absent") missing.add(key);
  };
  const known = new Set(Object.keys(given).map((key) => key.toLowerCase()));
  const byItself = new Set(Object.keys(filledIn).map((key) => key.toLowerCase()));
  const isOwn = (key: string) => byItself.has(key) && !known.has(key) && key !== "aws:requestedregion";
  for (const policy of [...identity, boundary, resource]) {
    if (policy === null || policy.document === null) continue;
    const { statements, version } = policy.parsed;
    for (const { conditions, resource: patterns, effect } of statements) {
      for (const condition of conditions) {
        const { key, values } = condition;
        ask(key);
        if (isOwn(key.toLowerCase()) && conditionTruth(condition, version, effect, lookup).truth !== "true") {
          missing.add(key);
        }
        values.flatMap(variablesIn).forEach(ask);
      }
      (patterns?.patterns ?? []).flatMap(({ text }) => variablesIn(text)).forEach(ask);
    }
  }
  return [...missing];
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{([^},\s]{2,})[^}]*\}/g)].map(([, key = ""]) => key);
}
