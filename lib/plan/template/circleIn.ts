import { asRecord, fieldOf } from "../fieldOf.js";
import type { Template } from "./templateSchema.js";

/**
 * The first resources that wait for one another, which CloudFormation refuses; null where there are none. What stands in
 * Fn::If may be left out, and is not followed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html (circular dependency)
 */
export function circleIn(resources: Template["Resources"], isMade: (id: string) => boolean): string[] | null {
  const waits = new Map<string, readonly string[]>();
  for (const [id, one] of Object.entries(resources)) {
    if (Array.isArray(one) || !isMade(id)) continue;
    const names = [...namesIn(one.Properties), ...[one.DependsOn].flat()];
    waits.set(id, [...new Set(names.filter((name): name is string => typeof name === "string"))]);
  }
  const done = new Set<string>();
  for (const start of waits.keys()) {
    const way: { id: string; left: string[] }[] = [];
    const onWay = new Map<string, number>();
    const enter = (id: string) => {
      onWay.set(id, way.length);
      way.push({ id, left: [...(waits.get(id) ?? [])] });
    };
    if (!done.has(start)) enter(start);
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const next = last.left.pop();
      if (next === undefined) {
        way.pop();
        onWay.delete(last.id);
        done.add(last.id);
        continue;
      }
      const at = onWay.get(next);
      if (at !== undefined) return way.slice(at).map(({ id }) => id);
      if (waits.has(next) && !done.has(next)) enter(next);
    }
  }
  return null;
}

/** The logical ids, and what else may be one, that a value refers to. */
function namesIn(value: unknown): string[] {
  const names: string[] = [];
  const seen = new Set<object>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    const record = asRecord(next);
    const [key = "", ...others] = record === null ? [] : Object.keys(record);
    const argument = others.length > 0 ? undefined : fieldOf(record, key);
    const [first, second] = [argument].flat();
    if (key === "Fn::If" && others.length === 0) continue;
    if (typeof first === "string" && (key === "Ref" || key === "Fn::GetAtt")) names.push(first.split(".")[0] ?? "");
    if (typeof first === "string" && key === "Fn::Sub")
      for (const [, name = ""] of first.matchAll(/\$\{([^!${}][^${}]*)\}/g)) {
        const id = name.trim();
        if (fieldOf(second, id) === undefined) names.push(id.split(".")[0] ?? "");
      }
    open.push(...Object.values(next));
  }
  return names;
}
