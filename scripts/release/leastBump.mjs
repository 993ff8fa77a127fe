/** The three numbers of a version. */
export function parsed(version) {
  const [, ...numbers] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (numbers.length === 0) throw new Error(`${version}: expected a version, as 1.2.0`);
  return numbers.map(Number);
}

/** What kind of a step a version is after another. */
export function bumpOf(last, next) {
  const [before, after] = [parsed(last), parsed(next)];
  const at = after.findIndex((number, index) => number !== before[index]);
  if (at < 0 || after[at] < before[at]) throw new Error(`${next}: expected a version after ${last}`);
  return ["major", "minor", "patch"][at];
}

/**
 * The least step that the public surface asks for, as a difference of docs/api and config/schemas tells it: a line that went
 * or changed may be what somebody relies on, a line that came is new. Who knows better, because a line only moved, releases
 * by hand.
 *
 * @param difference `git diff --unified=0`
 */
export function leastBump(difference) {
  const lines = difference
    .split("\n")
    .filter((line) => /^[+-](?![+-]{2} )/.test(line) && !/^[+-]\s*(\/\/.*|#.*|```.*)?$/.test(line));
  const version = lines.find((line) => /"?(snapshotVersion|diagnosisVersion)"?/.test(line));
  const gone = lines.find((line) => line.startsWith("-"));
  if (version !== undefined) return { bump: "major", why: `a shape's own version: ${version}` };
  if (gone !== undefined) return { bump: "major", why: gone };
  const [came] = lines;
  return came === undefined ? { bump: "patch", why: "nothing changed" } : { bump: "minor", why: came };
}
