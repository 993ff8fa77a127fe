/**
 * Tells a hook; one that fails, at once or later, changes nothing. What it returns may be anything, also a promise of
 * another realm or a thenable that rejects.
 */
export function tellHook<Told>(hook: ((told: Told) => unknown) | undefined, told: Told): void {
  // Awaited, since a promise's own `then` and `catch` may be anything. A second failure must not mask the first.
  const tell = async () => {
    try {
      await hook?.(told);
    } catch {}
  };
  void tell();
}
