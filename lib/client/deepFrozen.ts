/** The same value, frozen with all that it holds: what is handed to one caller cannot be changed under another. */
export function deepFrozen<T>(value: T): T {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const one = pending.pop();
    if (typeof one !== "object" || one === null || Object.isFrozen(one)) continue;
    Object.freeze(one);
    pending.push(...Object.values(one));
  }
  return value;
}
