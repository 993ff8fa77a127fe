/**
 * Whether two JSON values are the same: of objects the same names with the same values, in any order. What JSON does not
 * hold is the same as nothing.
 */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let at = 0; at < one.length; at += 1) if (!isSameJson(one[at], other[at])) return false;
    return true;
  }
  if (Array.isArray(other)) return false;
  let names = 0;
  for (const name in one) {
    const value = (one as Record<string, unknown>)[name];
    const another = (other as Record<string, unknown>)[name];
    if (value !== another && !isSameJson(value, another)) return false;
    // Of what every object has without being given it nothing is a plain value.
    if ((typeof value === "object" || value === undefined) && !Object.hasOwn(other, name)) return false;
    names += 1;
  }
  for (const _ in other) names -= 1;
  return names === 0;
}
