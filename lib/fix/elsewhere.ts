import { callKeys, endpointKeys, timeKeys } from "../facts/conditionKeys.js";
import type { ContextLookup } from "../policy/ContextKeyState.js";

/**
 * What a call to KMS is given by whoever makes it: its encryption context, what a grant is for.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
const parameterKeys = /^kms:(encryptioncontext|grant|retiringprincipal|requestalias|recipientattestation)/;

const listKeys = /^(aws:tagkeys|kms:(encryptioncontextkeys|grantoperations))$/i;

/** Of other calls it is not known from where, when, how and with which tags they are made. */
export function elsewhere(lookup: ContextLookup): ContextLookup {
  return (key) => {
    if (!isOfCall(key)) return lookup(key);
    return { name: key, state: { kind: "unknown", multiValued: listKeys.test(key) } };
  };
}

/** Whether a key tells of the single call what another one need not have. */
export function isOfCall(key: string): boolean {
  const lower = key.toLowerCase();
  return endpointKeys.has(lower) || timeKeys.has(lower) || callKeys.test(lower) || parameterKeys.test(lower);
}
