import type { Assumption } from "../facts/conditionKeys.js";

/** Something that was said of policies, and which of the assumptions that it met were not made. */
export interface Recalled<T> {
  /** The policies themselves, by which they are known again. */
  readonly source: object;
  readonly said: T;
  readonly met: readonly Assumption[];
  readonly without: ReadonlySet<Assumption>;
}

interface Recalling {
  question: { action: string };
  without: ReadonlySet<Assumption>;
  met: Set<Assumption>;
}

/** What was said before of the same policies, or what is said now. */
export function recalled<T>(
  shelf: Map<string, Recalled<T>[]>,
  name: string,
  { question, without, met }: Recalling,
  source: object,
  judge: () => T,
): T {
  const key = `${name} ${question.action}`;
  const before = shelf.get(key);
  // An assumption that was not met there makes no difference, made or not.
  const known = before?.find(
    (one) =>
      one.source === source && one.met.every((assumption) => one.without.has(assumption) === without.has(assumption)),
  );
  if (known !== undefined) {
    for (const assumption of known.met) met.add(assumption);
    return known.said;
  }
  const others = [...met];
  met.clear();
  const said = judge();
  const one = { source, said, met: [...met], without };
  // What was said of the first policies stays: a change that is tried is tried once.
  if (before === undefined) shelf.set(key, [one]);
  else if (before[0]?.source === source) before.push(one);
  for (const assumption of others) met.add(assumption);
  return said;
}
