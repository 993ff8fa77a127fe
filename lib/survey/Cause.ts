import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import type { RootChange } from "./RootChange.js";

/** A statement, or a silence, that stops principals: what their refusals have at their root. */
export interface Cause {
  /** In the order in which they were met. */
  number: number;
  layer: Blocker["layer"];
  effect: Blocker["effect"];
  actions: readonly string[];
  policy: Blocker["policy"];
  statement: Blocker["statement"];
  /** Roots, organizational units and accounts at which it was met. */
  targets: Set<string>;
  /** In one sentence. */
  reason: string;
  change: RootChange | null;
  /** How many it stops. */
  stops: number;
  /** How many it would stop once what stops them now is gone: it stood behind an explicit Deny. */
  hidden: number;
  /** How many the change frees on its own. */
  frees: number;
  /** How many it frees, on its own or together with the changes of what else stops them. */
  proven: number;
  /** The first few that it stops. */
  examples: string[];
}

/**
 * What makes two blockers of two principals the same cause: one statement is one, wherever its policy is attached; silence
 * is one for each policy that is silent, or target; and what no policy of a principal allows, by the actions.
 */
export function causeKey(
  { layer, effect, policy, statement, target, actions }: Blocker,
  { accountId, encryptionKeyArn, region }: Diagnosis["subject"],
): string {
  const isOfKey = layer === "key-policy" || layer === "key-state";
  const place = isOfKey ? (encryptionKeyArn ?? `${accountId} ${region}`) : policy?.arn || policy?.id ? null : accountId;
  const named = policy && [policy.arn, policy.id, policy.name, policy.arn || policy.id ? null : policy.attachedTo];
  if (layer === "identity-policy" && policy === null) return JSON.stringify([layer, effect, actions]);
  if (effect === "explicitDeny" && policy !== null) return JSON.stringify([layer, place, named, statement?.index]);
  return JSON.stringify([layer, effect, place, named, target, actions]);
}
