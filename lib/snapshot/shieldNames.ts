/** Names of JavaScript's own, under which valibot looks at nothing, so that nothing can be set by them. */
const passedOver: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** What JSON can hold in a name but nobody writes. */
const shield = "\u0000";

/**
 * A document in which such names are others, so that what stands under them is checked, too: a tag may be called so. The
 * document itself where it has none. Recurses: to be given nothing deep.
 */
export function shieldNames(value: unknown): unknown {
  return isToBeShielded(value) ? shielded(value) : value;
}

function isToBeShielded(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(isToBeShielded);
  for (const name in value) {
    if (passedOver.has(name) || isToBeShielded((value as Record<string, unknown>)[name])) return true;
  }
  return false;
}

function shielded(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(shielded);
  const own = Object.entries(value).map(([name, item]) => [
    passedOver.has(name) ? shield + name : name,
    shielded(item),
  ]);
  return Object.fromEntries([...gottenBy(value), ...own]);
}

/** What an object gets by its class, as it is. */
function gottenBy(value: object): [string, unknown][] {
  const gotten: [string, unknown][] = [];
  let from: object | null = Object.getPrototypeOf(value);
  for (; from !== null && from !== Object.prototype; from = Object.getPrototypeOf(from)) {
    for (const [name, told] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
      const isGotten = (Object.hasOwn(told, "get") || told.enumerable === true) && !passedOver.has(name);
      if (isGotten) gotten.unshift([name, (value as Record<string, unknown>)[name]]);
    }
  }
  return gotten;
}

/** The name as the document has it. */
export function unshieldName(name: string): string {
  return name.startsWith(shield) && passedOver.has(name.slice(1)) ? name.slice(1) : name;
}
