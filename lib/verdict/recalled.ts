import type { ContextKeyState, ContextLookup } from "../policy/ContextKeyState.js";
import type { EvaluationRequest } from "../policy/EvaluationRequest.js";
import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import type { Asked } from "./Asked.js";
import type { KnownKeys, Remembered } from "./Remembered.js";

/** Of an action under the same policies so many answers are kept, one for each kind of call. */
const most = 4;

/** Of so many actions: beside the eight, any that denials name. */
const mostActions = 32;

/** A longer value of a key, which no request of AWS has, would take up too much room. */
const longest = 2_000;

function isLong({ name, state }: ReturnType<ContextLookup>): boolean {
  const values = state.kind === "value" ? [state.value].flat() : [];
  return values.reduce((sum, value) => sum + value.length, name.length) > longest;
}

/** What was said before of a call that is the same in all that was asked of it; else what is said now. */
export function recalled<T>(shelf: Map<string, Remembered<T>[]>, asksWho: boolean, asked: Asked, judge: () => T): T {
  const { action, resource, principal, principalHasBoundary } = asked.request;
  const who = asksWho ? { principal, principalHasBoundary } : null;
  const before = shelf.get(action) ?? [];
  for (const one of before) {
    if (isSameResource(one.resource, resource) && isSameCaller(one.who, who) && isStill(one.keys, asked))
      return one.said;
  }
  const keys: KnownKeys = new Map();
  const said = asked.noting(keys, judge);
  if ([...keys.values()].some(isLong)) return said;
  if (before.push({ said, resource, who, keys }) > most) before.shift();
  if (shelf.size >= mostActions) shelf.clear();
  shelf.set(action, before);
  return said;
}

/**
 * Whether each key is found as it was. They are looked up in the order in which they were then, up to the first that
 * differs: no further than judging anew would look, so that no assumption is met that it would not meet.
 */
function isStill(keys: KnownKeys, { request }: Asked): boolean {
  for (const [key, before] of keys) {
    const now = request.lookup(key);
    if (now.name !== before.name || !isSameState(now.state, before.state)) return false;
  }
  return true;
}

function isSameState(one: ContextKeyState, other: ContextKeyState): boolean {
  if (one === other) return true;
  switch (one.kind) {
    case "absent":
      return other.kind === "absent";
    case "unknown":
      return other.kind === "unknown" && one.multiValued === other.multiValued;
    case "value":
      return other.kind === "value" && isSameValue(one.value, other.value);
    case "present":
      return (
        other.kind === "present" &&
        one.multiValued === other.multiValued &&
        one.beginning === other.beginning &&
        one.dates?.from === other.dates?.from &&
        one.dates?.to === other.dates?.to &&
        isSameValue(one.includes, other.includes)
      );
  }
}

function isSameValue(one: string | readonly string[] | undefined, other: typeof one): boolean {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function isSameResource(one: EvaluationRequest["resource"], other: EvaluationRequest["resource"]): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  return one.prefix === other.prefix && one.isUuid === other.isUuid && one.name === other.name;
}

function isSameCaller(one: Remembered<unknown>["who"], other: Remembered<unknown>["who"]): boolean {
  if (one === null || other === null) return one === other;
  return one.principalHasBoundary === other.principalHasBoundary && isSamePrincipal(one.principal, other.principal);
}

function isSamePrincipal(one: RequestPrincipal | null, other: RequestPrincipal | null): boolean {
  if (one === null || other === null || one === other) return one === other;
  return (
    one.arn === other.arn &&
    one.kind === other.kind &&
    one.accountId === other.accountId &&
    one.roleArn === other.roleArn &&
    one.issuerArn === other.issuerArn &&
    one.uniqueId === other.uniqueId
  );
}
