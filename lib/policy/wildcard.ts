/**
 * A pattern, a number for each of its units: the code of a UTF-16 unit that stands for itself, or one of the three
 * below. Numbers, because a policy may hold a million of them.
 */
export type Pattern = ArrayLike<number>;

/** `?`: any one UTF-16 unit, as IAM counts (aws-behaviour, condition-letter-case). */
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
 * Whether a text matches a pattern as a whole: what stands before the first run at the text's beginning, what stands
 * after the last at its end, and each piece between at the first place that is left for it. In time that grows with
 * pattern and text, not with their product; for a piece that holds `?`, with at most a thirty-second of the product of
 * piece and text.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let firstRun = 0;
  while (firstRun < pattern.length && !isRun(pattern[firstRun])) firstRun += 1;
  if (firstRun === pattern.length) {
    return pattern.length === text.length && standsAt(pattern, 0, pattern.length, text, 0);
  }
  let lastRun = pattern.length - 1;
  while (!isRun(pattern[lastRun])) lastRun -= 1;
  const end = text.length - (pattern.length - 1 - lastRun);
  if (firstRun > end || !standsAt(pattern, 0, firstRun, text, 0)) return false;
  if (!standsAt(pattern, lastRun + 1, pattern.length, text, end)) return false;

  let inText = firstRun;
  let from = firstRun + 1;
  for (let at = from; at <= lastRun; at += 1) {
    if (!isRun(pattern[at])) continue;
    const found = firstPlace(pattern, from, at, text, inText, end);
    if (found < 0) return false;
    inText = found + at - from;
    from = at + 1;
  }
  return true;
}

/** Whether a piece of the pattern, without runs, stands in the text at a place. */
function standsAt(pattern: Pattern, from: number, to: number, text: string, place: number): boolean {
  for (let at = from; at < to; at += 1) {
    const unit = pattern[at];
    if (unit !== anyUnit && unit !== text.charCodeAt(place + at - from)) return false;
  }
  return true;
}

/** The first place between `inText` and `end` where a piece of the pattern, without runs, stands; -1 for none. */
function firstPlace(pattern: Pattern, from: number, to: number, text: string, inText: number, end: number): number {
  const length = to - from;
  if (length > end - inText) return -1;
  for (let at = from; at < to; at += 1) {
    if (pattern[at] === anyUnit) return firstWithAnyUnits(pattern, from, length, text, inText, end);
  }
  return firstLiteral(pattern, from, length, text, inText, end);
}

/**
 * The shift-and search: a bit for each place of the piece, set where what stands up to there fits what was read last. A
 * step takes thirty-two places at once, so that a piece made to fit almost everywhere is no burden.
 *
 * @see https://doi.org/10.1145/135239.135243
 */
function firstWithAnyUnits(
  pattern: Pattern,
  from: number,
  length: number,
  text: string,
  inText: number,
  end: number,
): number {
  const words = Math.ceil(length / 32);
  const places = new Map<number, number[]>();
  for (let at = 0; at < length; at += 1) {
    const unit = Number(pattern[from + at]);
    const known = places.get(unit);
    if (known === undefined) places.set(unit, [at]);
    else known.push(at);
  }
  const placesOf = (unit: number) => places.get(unit) ?? [];
  const anywhere = bitsAt(words, placesOf(anyUnit));
  const masks = new Map<number, Int32Array>();
  for (const [unit, at] of places) {
    // Few units stand in so many places that bits are cheaper than a list of them.
    if (at.length > words) masks.set(unit, bitsAt(words, at, anywhere));
  }
  const fitting = new Int32Array(words);
  const fits = (at: number) => at < 0 || (word(fitting, at >> 5) >>> (at & 31)) & 1;
  for (let at = inText; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const mask = masks.get(code);
    const single = mask === undefined ? placesOf(code).filter((place) => fits(place - 1)) : [];
    shiftAnd(fitting, mask ?? anywhere);
    for (const place of single) fitting[place >> 5] = word(fitting, place >> 5) | (1 << (place & 31));
    if (fits(length - 1)) return at - length + 1;
  }
  return -1;
}

/** The bits at these places, beside those of `base`. */
function bitsAt(words: number, places: readonly number[], base?: Int32Array): Int32Array {
  const bits = base === undefined ? new Int32Array(words) : Int32Array.from(base);
  for (const place of places) bits[place >> 5] = word(bits, place >> 5) | (1 << (place & 31));
  return bits;
}

/** Moves every bit one place on, lets a new one in at the first, and keeps those of the mask. */
function shiftAnd(bits: Int32Array, mask: Int32Array): void {
  let carried = 1;
  for (let at = 0; at < bits.length; at += 1) {
    const before = word(bits, at);
    bits[at] = ((before << 1) | carried) & word(mask, at);
    carried = before >>> 31;
  }
}

function word(bits: Int32Array, at: number): number {
  return Number(bits[at]);
}

/** The search of Knuth, Morris and Pratt: no unit of the text is looked at again. */
function firstLiteral(
  pattern: Pattern,
  from: number,
  length: number,
  text: string,
  inText: number,
  end: number,
): number {
  /** How much of the pattern's beginning also ends its first `count` units. */
  const fallback = new Int32Array(length + 1);
  const shorter = (count: number) => Number(fallback[count]);
  let matched = 0;
  for (let at = 1; at < length; at += 1) {
    while (matched > 0 && pattern[from + at] !== pattern[from + matched]) matched = shorter(matched);
    if (pattern[from + at] === pattern[from + matched]) matched += 1;
    fallback[at + 1] = matched;
  }
  matched = 0;
  for (let at = inText; at < end && matched < length; at += 1) {
    while (matched > 0 && text.charCodeAt(at) !== pattern[from + matched]) matched = shorter(matched);
    if (text.charCodeAt(at) === pattern[from + matched]) matched += 1;
    if (matched === length) return at - length + 1;
  }
  return length === 0 ? inText : -1;
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
export function afterRuns(pattern: Pattern, places: readonly number[]): number[] {
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

export function isRun(unit: number | undefined): boolean {
  return unit === anyRun || unit === anyText;
}
