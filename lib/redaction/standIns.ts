import { epochMilliseconds } from "../policy/conditions/epochMilliseconds.js";
import type { SensitiveForm } from "./Redactor.js";

const padded = (n: number, length: number) => String(n).padStart(length, "0");

/** As far from every time that is compared as a time can be. */
const past = Date.UTC(2000, 0);
const future = Date.UTC(2100, 0);

const standIn: Record<SensitiveForm, (n: number, text: string, now: number) => string> = {
  account: (n) => String(100_000_000_000 + n),
  // 198.18.0.0/15 and 2001:db8::/32 are nobody's (RFC 2544, RFC 3849).
  address: (n, text) => {
    const mask = text.includes("/") ? (text.includes(":") ? "/128" : "/32") : "";
    return text.includes(":") ? `2001:db8::${n.toString(16)}${mask}` : `198.18.${n >> 8}.${n & 255}${mask}`;
  },
  mrk: (n) => `mrk-${padded(n, 32)}`,
  number: (n) => String(1000 + n),
  o: (n) => `o-${padded(n, 10)}`,
  ou: (n) => `ou-0000-${padded(n, 8)}`,
  p: (n) => `p-${padded(n, 8)}`,
  r: (n) => `r-${padded(n, 4)}`,
  signs: (n) => `~${n}~`,
  // On the same side of now, and written alike: it goes on deciding what it decided.
  time: (n, text, now) => {
    const time = new Date(((epochMilliseconds(text) ?? 0) > now ? future : past) + n * 1000);
    return text.includes("-") ? time.toISOString() : String(time.getTime() / 1000);
  },
  uniqueId: (n, text) => `${text.slice(0, 4)}${padded(n, 17)}`,
  uuid: (n) => `00000000-0000-0000-0000-${padded(n, 12)}`,
  vpc: (n) => `vpc-${padded(n, 17)}`,
  vpce: (n) => `vpce-${padded(n, 17)}`,
  word: (n) => `n${n}`,
};

/**
 * What stands for each text, by the order in which they were found; never one that is itself among them. Two words that
 * differ only in letter case differ only so afterwards too, since AWS compares tag keys without regard to it.
 *
 * @param now epoch milliseconds, which no time crosses
 */
export function standIns(texts: ReadonlyMap<string, SensitiveForm>, now: number): Map<string, string> {
  const found = new Map<string, string>();
  const inOtherCase = new Map<string, string>();
  let n = 0;
  for (const [text, form] of texts) {
    const lower = text.toLowerCase();
    const twin = form === "word" ? inOtherCase.get(lower)?.toUpperCase() : undefined;
    inOtherCase.delete(lower);
    if (twin !== undefined && !texts.has(twin)) {
      found.set(text, twin);
      continue;
    }
    let replacement: string;
    do {
      n += 1;
      replacement = standIn[form](n, text, now);
    } while (texts.has(replacement));
    found.set(text, replacement);
    inOtherCase.set(lower, replacement);
  }
  return found;
}
