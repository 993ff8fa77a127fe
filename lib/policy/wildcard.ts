/**
 * A pattern, a number for each of its units: the code of a UTF-16 unit that stands for itself, or one of the three
 * below. Numbers, because a policy may hold a million of them.
 */
export type Pattern = ArrayLike<number>;

/** `?`: any one UTF-16 unit, as IAM was captured to count. */
export const anyUnit = -1;
/** `*`: any run of units, also an empty one, also of colons, slashes and newlines. */
export const anyRun = -2;
/** A variable whose value is not known: any text. */
export const anyText = -3;

const star = 42;
const questionMark = 63;

/** Adds a text in which `*` and `?` are wildcards. */
export function appendWildcards(pattern: number[], text: string): void {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Runs side by side are one run: what a match costs then depends on the text, not on the pattern.
    if (code === star && pattern.at(-1) === anyRun) continue;
    pattern.push(code === star ? anyRun : code === questionMark ? anyUnit : code);
  }
}

/** Adds a text in which every unit stands for itself. */
export function appendLiteral(pattern: number[], text: string): void {
  for (let at = 0; at < text.length; at += 1) pattern.push(text.charCodeAt(at));
}

/** Reads a text in which `*` and `?` are wildcards. */
export function wildcardPattern(text: string): number[] {
  const pattern: number[] = [];
  appendWildcards(pattern, text);
  return pattern;
}

/** Whether a pattern is `*`, or several of them, and so matches every text. */
export function matchesEverything(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === anyRun;
}

/**
 * Whether a text matches a pattern as a whole. Greedy, going back to the last run only: linear but for patterns made to
 * be slow, and then never more than the product of both lengths.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let inPattern = 0;
  let inText = 0;
  let afterRun = -1;
  let retryFrom = 0;
  while (inText < text.length) {
    const unit = pattern[inPattern];
    if (unit === anyRun || unit === anyText) {
      inPattern += 1;
      afterRun = inPattern;
      retryFrom = inText;
    } else if (unit === anyUnit || unit === text.charCodeAt(inText)) {
      inPattern += 1;
      inText += 1;
    } else if (afterRun >= 0) {
      retryFrom += 1;
      inText = retryFrom;
      inPattern = afterRun;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === anyRun || pattern[inPattern] === anyText) inPattern += 1;
  return inPattern === pattern.length;
}

/**
 * Whether a pattern can match a text of `length` units of which not everything is known, or where not every unit of the
 * pattern may stand for every unit of the text: `standsFor` decides. Follows every way at once.
 */
export function canMatch(
  pattern: Pattern,
  length: number,
  standsFor: (unit: number, inText: number) => boolean,
): boolean {
  let places = afterRuns(pattern, [0]);
  for (let inText = 0; inText < length && places.length > 0; inText += 1) {
    const next: number[] = [];
    for (const place of places) {
      const unit = pattern[place];
      if (unit === undefined || !standsFor(unit, inText)) continue;
      next.push(isRun(unit) ? place : place + 1);
    }
    places = afterRuns(pattern, next);
  }
  return places.includes(pattern.length);
}

/** The places, in their order and once each, with those that an empty run leads on to. */
function afterRuns(pattern: Pattern, places: readonly number[]): number[] {
  const reached: number[] = [];
  for (const place of places) {
    let at = place;
    // Places rise, and what a run led on to before need not be walked again.
    while (at > (reached.at(-1) ?? -1)) {
      reached.push(at);
      if (!isRun(pattern[at])) break;
      at += 1;
    }
  }
  return reached;
}

function isRun(unit: number | undefined): boolean {
  return unit === anyRun || unit === anyText;
}
