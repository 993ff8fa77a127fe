import type { ContextLookup } from "../../policy/ContextKeyState.js";
import { parsePolicy } from "../../policy/parsePolicy.js";
import type { SimulatedPolicies } from "./simulatedPolicies.js";

/**
 * The keys that the policies ask for and the context does not hold: of every statement, also of those for other
 * actions, as the policies spell them (captured). Service control policies' keys are never told.
 */
export function missingKeys({ identity, boundary, resource }: SimulatedPolicies, lookup: ContextLookup): string[] {
  const missing = new Set<string>();
  const ask = (key: string) => {
    if (lookup(key).state.kind === "absent") missing.add(key);
  };
  for (const policy of [...identity, boundary, resource]) {
    if (policy === null || policy.document === null) continue;
    const { statements } = parsePolicy(policy.document, { principalRequired: false });
    for (const { conditions, resource: patterns } of statements) {
      for (const { key, values } of conditions) {
        ask(key);
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
