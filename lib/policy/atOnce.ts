/**
 * Goes through work that can pause without pausing.
 *
 * @example
 * atOnce(diagnoseInTurn(snapshot)); // as diagnose(snapshot)
 */
export function atOnce<T>(turns: Generator<void, T>): T {
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return turn.value;
  }
}
