import type { Evidence } from "../snapshot/Evidence.js";
import { asRecord, fieldOf } from "./fieldOf.js";
import { firstNotKnown } from "./NotKnown.js";
import { scalarText } from "./PlanPlace.js";

/** Tags of a resource, written as a map or as a list of keys and values. */
export function tagsOfPlan(given: unknown): Evidence<Record<string, string>> {
  const hole = firstNotKnown(given);
  if (hole !== null) return { status: "unreadable", reason: `known only after the apply: ${hole.because}` };
  const tags = knownTags(given);
  return Object.keys(tags).length === 0 ? { status: "none" } : { status: "read", value: tags };
}

/** The tags of which key and value are known. */
export function knownTags(given: unknown): Record<string, string> {
  const pairs = Array.isArray(given)
    ? given.map((one) => [nameIn(one, "key"), nameIn(one, "value")])
    : Object.entries(asRecord(given) ?? {}).map(([key, value]) => [key, scalarText(value)]);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair.every((part) => part !== undefined)));
}

/** Terraform writes `key`, CloudFormation `Key`. */
function nameIn(tag: unknown, name: string): string | undefined {
  return scalarText(fieldOf(tag, name) ?? fieldOf(tag, `${name.charAt(0).toUpperCase()}${name.slice(1)}`));
}
