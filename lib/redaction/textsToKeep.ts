/**
 * The texts whose replacement would change an answer, found by halves: a half that changes nothing goes as a whole. Where
 * many decide it may take more tries than are given; what was not tried by then is kept.
 *
 * @param texts all that could be replaced; those that are likely to decide side by side make fewer tries
 * @param isSame whether the answer stays with these kept and all others replaced
 * @param most tries, so that the work grows with what is given and not with its square
 */
export function textsToKeep(
  texts: readonly string[],
  isSame: (kept: ReadonlySet<string>) => boolean,
  most: number,
): Set<string> {
  const kept = new Set(texts);
  let tries = 0;
  const release = (some: readonly string[]) => {
    if (some.length === 0 || tries >= most) return;
    tries += 1;
    for (const text of some) kept.delete(text);
    if (isSame(kept)) return;
    for (const text of some) kept.add(text);
    if (some.length === 1) return;
    const middle = Math.ceil(some.length / 2);
    release(some.slice(0, middle));
    release(some.slice(middle));
  };
  release(texts);
  return kept;
}
