import { backupServicePrincipal } from "../facts/kms.js";
import type { ContextKeyState } from "../policy/ContextKeyState.js";
import type { ContextParts } from "./ContextParts.js";

const absent: ContextKeyState = { kind: "absent" };
const unknownText: ContextKeyState = { kind: "unknown", multiValued: false };
const unknownList: ContextKeyState = { kind: "unknown", multiValued: true };
const presentText: ContextKeyState = { kind: "present", multiValued: false };
const presentList: ContextKeyState = { kind: "present", multiValued: true };
const text = (value: string): ContextKeyState => ({ kind: "value", value });
const textOrAbsent = (value: string | undefined): ContextKeyState => (value === undefined ? absent : text(value));

/**
 * The services that the call came through: what the context says of the caller's own call, and AWS Backup behind them
 * on forwarded calls.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
export function calledVia(
  origin: "calledVia" | "calledViaFirst" | "calledViaLast" | "calledViaBefore" | "calledViaFirstBefore",
  { given }: ContextParts,
  isForwarded: boolean,
): ContextKeyState {
  const value = given.get("aws:calledvia")?.value ?? null;
  const before = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
  const isBeforeUnknown = value !== null && typeof value === "object" && !Array.isArray(value);
  const chain = isForwarded ? [...before, backupServicePrincipal] : before;
  switch (origin) {
    case "calledVia":
      if (isBeforeUnknown) return presentList;
      return chain.length > 0 ? { kind: "value", value: chain } : absent;
    case "calledViaFirst":
      return isBeforeUnknown ? presentText : textOrAbsent(chain[0]);
    case "calledViaLast":
      return isBeforeUnknown && !isForwarded ? presentText : textOrAbsent(chain.at(-1));
    case "calledViaBefore":
      return isBeforeUnknown || before.length > 0 ? presentList : unknownList;
    case "calledViaFirstBefore":
      return isBeforeUnknown ? presentText : before[0] === undefined ? unknownText : text(before[0]);
  }
}
