/**
 * Tells a hook; one that fails, at once or later, changes nothing. What it returns may be anything, also a promise of
 * another realm or a thenable that rejects.
 */
export function tellHook<Told>(hook: ((told: Told) => unknown) | undefined, told: Told): void {
  if (hook === undefined) return;
  const ignore = () => undefined;
  try {
    Promise.resolve(hook(told)).catch(ignore);
  } catch {
    // A second failure must not mask the first.
  }
}
