/** Names of JavaScript's own, under which valibot looks at nothing, so that nothing can be set by them. */
const passedOver: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** What JSON can hold in a name but nobody writes. */
const shield = "\u0000";

/**
 * A document in which such names are others, so that what stands under them is checked, too: a tag may be called so. The
 * document itself where it has none. Recurses: to be given nothing deep.
 */
export function shieldNames(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(shieldNames);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  let isSame = true;
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => {
    const shielded: [string, unknown] = [passedOver.has(name) ? shield + name : name, shieldNames(item)];
    isSame &&= shielded[0] === name && shielded[1] === item;
    return shielded;
  });
  return isSame ? value : Object.fromEntries(entries);
}

/** The name as the document has it. */
export function unshieldName(name: string): string {
  return name.startsWith(shield) && passedOver.has(name.slice(1)) ? name.slice(1) : name;
}
