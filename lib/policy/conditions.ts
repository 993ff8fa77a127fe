import type { ContextLookup, KeyState } from "./KeyState.js";
import type { ParsedCondition } from "./ParsedPolicy.js";
import type { Truth } from "./Truth.js";
import { type Expanded, expand } from "./variables.js";
import { matchesUnits, type PatternUnit } from "./wildcard.js";

type Hit = Truth | "error" | "invalid";
interface Test {
  negated: boolean;
  hit(value: string): Hit;
  always: boolean;
  never: boolean;
  badOnly?: boolean;
  canBeInvalid: boolean;
  unknownKeys: string[];
  points?: number[];
}
const not = (t: Truth): Truth => (t === "unknown" ? t : t === "true" ? "false" : "true");
export function conditionTruth(
  c: ParsedCondition,
  version: string,
  effect: "Allow" | "Deny",
  lookup: ContextLookup,
): { truth: Truth; dependsOn: string[] } {
  const { name, state } = lookup(c.key);
  const t = testOf(c, version, lookup);
  const onValue = (v: string): Truth => {
    const h = t.hit(v);
    if (h === "invalid") return "false";
    if (h === "error") return effect === "Deny" ? "true" : "false";
    return t.negated ? not(h) : h;
  };
  const result = (s: KeyState): Truth => {
    switch (s.kind) {
      case "absent":
        return absent();
      case "value":
        return values(s.value);
      case "present":
        return present(s);
      case "unknown": {
        const p = present({ kind: "present", multiValued: s.multiValued });
        return p === absent() ? p : "unknown";
      }
    }
  };
  const absent = (): Truth => {
    if (c.operator === "Null") return nullTest(true);
    if (c.ifExists) return "true";
    if (c.set === "ForAllValues") return "true";
    if (c.set === "ForAnyValue") return "false";
    return t.negated ? "true" : "false";
  };
  const nullTest = (isAbsent: boolean): Truth =>
    c.values.some((v) => (v.toLowerCase() === "true") === isAbsent) ? "true" : "false";
  const values = (v: string | string[]): Truth => {
    if (c.operator === "Null") return nullTest(false);
    if (c.set === null) return typeof v === "string" ? onValue(v) : "false";
    const list = typeof v === "string" ? [v] : v;
    const truths = list.map(onValue);
    if (c.set === "ForAllValues")
      return truths.includes("false") ? "false" : truths.includes("unknown") ? "unknown" : "true";
    return truths.includes("true") ? "true" : truths.includes("unknown") ? "unknown" : "false";
  };
  const present = (s: Extract<KeyState, { kind: "present" }>): Truth => {
    if (c.operator === "Null") return nullTest(false);
    if (s.multiValued && c.set === null) return "false";
    if (s.dates && t.points) {
      const { from, to } = s.dates;
      const probes = new Set(
        [from, to, ...t.points.flatMap((p) => [p - 1, p, p + 1])].filter((p) => p >= from && p <= to),
      );
      const seen = new Set([...probes].map((p) => onValue(new Date(p).toISOString())));
      return seen.size === 1 ? ([...seen][0] as Truth) : "unknown";
    }
    if (t.always && !t.canBeInvalid) return t.negated ? "false" : "true";
    if (t.never) {
      if (!t.negated) return "false";
      if (!t.canBeInvalid) return "true";
    }
    if (t.badOnly && effect === "Allow") return "false";
    return "unknown";
  };
  const truth = result(state);
  const dependsOn: string[] = [];
  if (truth === "unknown") {
    if (state.kind === "unknown" || state.kind === "present") dependsOn.push(name);
    dependsOn.push(...t.unknownKeys);
  }
  return { truth, dependsOn };
}
function testOf(c: ParsedCondition, version: string, lookup: ContextLookup): Test {
  const op = c.operator;
  const negated = /Not/.test(op);
  if (op.startsWith("String")) return stringTest(c, version, lookup, negated);
  if (op.startsWith("Arn")) return arnTest(c, version, lookup, negated);
  if (op.startsWith("Numeric")) return orderedTest(c, negated, number, "Numeric", false);
  if (op.startsWith("Date")) return orderedTest(c, negated, date, "Date", true);
  if (op === "Bool") {
    const want = c.values.map(isTrue);
    return {
      negated,
      canBeInvalid: false,
      unknownKeys: [],
      always: want.includes(true) && want.includes(false),
      never: want.length === 0,
      hit: (v) => (want.includes(isTrue(v)) ? "true" : "false"),
    };
  }
  if (op === "BinaryEquals")
    return {
      negated,
      canBeInvalid: false,
      unknownKeys: [],
      always: false,
      never: c.values.length === 0,
      hit: (v) => (c.values.includes(v) ? "true" : "false"),
    };
  if (op === "IpAddress" || op === "NotIpAddress") return ipTest(c, negated);
  return { negated: false, canBeInvalid: false, unknownKeys: [], always: false, never: false, hit: () => "false" };
}
const isTrue = (v: string) => v.toLowerCase() === "true";
/**
 * Lower-cases as IAM was captured to: with the Greek final sigma, which sees all its neighbours, but leaving characters
 * beyond the basic plane as they are.
 */
function lower(text: string): string {
  const inContext = text.toLowerCase();
  let lowered = "";
  let at = 0;
  for (const character of text) {
    const alone = character.toLowerCase();
    lowered += character.length > 1 ? character : inContext.slice(at, at + alone.length);
    at += alone.length;
  }
  return lowered;
}
function stringTest(c: ParsedCondition, version: string, lookup: ContextLookup, negated: boolean): Test {
  const like = /Like$/.test(c.operator);
  const ignore = /IgnoreCase$/.test(c.operator);
  const operands = c.values.map((v) => expand(v, version, lookup, like));
  const live = operands.filter((o): o is Expanded => o !== null);
  return {
    negated,
    canBeInvalid: false,
    unknownKeys: live.flatMap((o) => o.unknownKeys),
    always:
      like &&
      live.some((o) => o.unknownKeys.length === 0 && o.units.length > 0 && o.units.every((u) => u.kind === "run")),
    never: live.length === 0,
    hit: (v) => {
      let r: Truth = "false";
      for (const o of live) {
        if (o.unknownKeys.length > 0) {
          const units = ignore
            ? o.units.map((u): PatternUnit => (u.kind === "literal" ? { kind: "literal", unit: lower(u.unit) } : u))
            : o.units;
          if (matchesUnits(units, ignore ? lower(v) : v)) r = "unknown";
        } else if (like ? matchesUnits(o.units, v) : ignore ? lower(o.exact) === lower(v) : o.exact === v)
          return "true";
      }
      return r;
    },
  };
}
function isArn(text: string): boolean {
  return text.split(":").length >= 6 && text.startsWith("arn:");
}
function split6(units: PatternUnit[]): PatternUnit[][] | null {
  const parts: PatternUnit[][] = [[]];
  for (const u of units) {
    if (u.kind === "literal" && u.unit === ":" && parts.length < 6) parts.push([]);
    else parts[parts.length - 1]?.push(u);
  }
  return parts.length === 6 ? parts : null;
}
function arnTest(c: ParsedCondition, version: string, lookup: ContextLookup, negated: boolean): Test {
  const operands = c.values.map((v) => expand(v, version, lookup, true));
  const parsed = operands.map((o) =>
    o === null
      ? null
      : {
          o,
          parts: split6(o.units),
          bad: !(split6(o.units) && (o.units[0]?.kind !== "literal" || o.exact.startsWith("arn:"))),
        },
  );
  return {
    negated,
    canBeInvalid: true,
    unknownKeys: operands.flatMap((o) => o?.unknownKeys ?? []),
    always: false,
    never: parsed.every((p) => p === null),
    badOnly: parsed.length > 0 && parsed.every((p) => p === null || (p.bad && p.o.unknownKeys.length === 0)),
    hit: (v) => {
      if (!isArn(v)) return "invalid";
      const values = v.split(":");
      const six = [...values.slice(0, 5), values.slice(5).join(":")];
      let r: Truth = "false";
      for (const p of parsed) {
        if (p === null) continue;
        if (p.o.unknownKeys.length > 0) {
          if (!p.parts || p.parts.every((units, i) => matchesUnits(units, six[i] ?? ""))) r = "unknown";
          continue;
        }
        if (p.bad || !p.parts) return r === "unknown" ? r : "error";
        if (p.parts.every((units, i) => matchesUnits(units, six[i] ?? ""))) return "true";
      }
      return r;
    },
  };
}
interface Num {
  sign: number;
  digits: bigint;
  exp: number;
}
function number(text: string): Num | null {
  const m = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,6}))?$/.exec(text);
  if (!m) return null;
  const [int = "", frac = ""] = (m[2] ?? "").split(".");
  const digits = (int + frac).replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  if (trimmed === "") return { sign: 1, digits: 0n, exp: 0 };
  return {
    sign: m[1] === "-" ? -1 : 1,
    digits: BigInt(trimmed),
    exp: Number(m[3] ?? 0) - frac.length + (digits.length - trimmed.length),
  };
}
function date(text: string): Num | null {
  if (/^\+?\d+(\.\d+)?$/.test(text) && !/^\d{4}$/.test(text)) return ms(Math.floor(Number(text) * 1000));
  const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?(Z|[+-]\d\d:?\d\d)?)?)?$/.exec(
    text,
  );
  if (!m) return null;
  const off =
    m[8] && m[8] !== "Z"
      ? (m[8].startsWith("-") ? -1 : 1) * (Number(m[8].slice(1, 3)) * 60 + Number(m[8].slice(-2)))
      : 0;
  const t =
    Date.UTC(
      Number(m[1]),
      Number(m[2] ?? 1) - 1,
      Number(m[3] ?? 1),
      Number(m[4] ?? 0),
      Number(m[5] ?? 0),
      Number(m[6] ?? 0),
      Number((m[7] ?? "0").padEnd(3, "0").slice(0, 3)),
    ) -
    off * 60000;
  return Number.isNaN(t) ? null : ms(t);
}
const ms = (t: number): Num => ({ sign: t < 0 ? -1 : 1, digits: BigInt(Math.abs(t)), exp: 0 });
function compare(a: Num, b: Num): number {
  if (a.digits === 0n || b.digits === 0n || a.sign !== b.sign) {
    const va = a.digits === 0n ? 0 : a.sign;
    const vb = b.digits === 0n ? 0 : b.sign;
    return Math.sign(va - vb);
  }
  const la = a.digits.toString().length + a.exp;
  const lb = b.digits.toString().length + b.exp;
  if (la !== lb) return (la < lb ? -1 : 1) * a.sign;
  const d = a.exp - b.exp;
  const x = d > 0 ? a.digits * 10n ** BigInt(d) : a.digits;
  const y = d < 0 ? b.digits * 10n ** BigInt(-d) : b.digits;
  return (x < y ? -1 : x > y ? 1 : 0) * a.sign;
}
function orderedTest(
  c: ParsedCondition,
  negated: boolean,
  read: (t: string) => Num | null,
  prefix: string,
  isDate: boolean,
): Test {
  const how = c.operator.slice(prefix.length).replace("Not", "");
  const operands = c.values.map(read).filter((n): n is Num => n !== null);
  const ok = (d: number) =>
    how === "Equals"
      ? d === 0
      : how === "LessThan"
        ? d < 0
        : how === "LessThanEquals"
          ? d <= 0
          : how === "GreaterThan"
            ? d > 0
            : d >= 0;
  return {
    negated,
    canBeInvalid: false,
    unknownKeys: [],
    always: false,
    never: operands.length === 0,
    ...(isDate && { points: operands.map((n) => n.sign * Number(n.digits)) }),
    hit: (v) => {
      const n = read(v);
      return n !== null && operands.some((o) => ok(compare(n, o))) ? "true" : "false";
    },
  };
}
interface Ip {
  v: 4 | 6;
  bits: bigint;
}
function ip4(text: string): bigint | null {
  const p = text.split(".");
  if (p.length !== 4 || !p.every((x) => /^\d{1,}$/.test(x) && Number(x) < 256)) return null;
  return p.reduce((a, x) => a * 256n + BigInt(Number(x)), 0n);
}
function ip6(text: string): bigint | null {
  let t = text.replace(":::", "::");
  if (/[^:]:$/.test(t)) t = t.slice(0, -1);
  if (/^:[^:]/.test(t)) t = `0${t}`;
  const halves = t.split("::");
  if (halves.length > 2 || !t.includes(":")) return null;
  const groups = (half: string | undefined) => (half === undefined || half === "" ? [] : half.split(":"));
  const before = groups(halves[0]);
  const after = groups(halves[1]);
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return all.reduce((number, group) => number * 65536n + BigInt(Number.parseInt(group, 16)), 0n);
}
function address(text: string, isRequest: boolean): Ip | null {
  const v4 = ip4(text);
  if (v4 !== null) return { v: 4, bits: v4 };
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  if (isRequest && mapped !== undefined) return address(mapped, false);
  const v6 = ip6(text);
  if (v6 === null) return null;
  return isRequest && v6 >> 32n === 0xffffn ? { v: 4, bits: v6 & 0xffffffffn } : { v: 6, bits: v6 };
}
function ipTest(c: ParsedCondition, negated: boolean): Test {
  const ranges = c.values.flatMap((v) => {
    const [a = "", p, extra] = v.split("/");
    if (extra !== undefined || (p !== undefined && !/^\+?\d+$/.test(p))) return [];
    const addr = address(a, false);
    if (!addr) return [];
    const size = addr.v === 4 ? 32 : 128;
    const prefix = p === undefined ? size : Number(p);
    if (prefix > size) return [];
    const shift = BigInt(size - prefix);
    if (addr.v === 6 && (addr.bits >> shift) << shift !== addr.bits) return [];
    return [{ v: addr.v, net: addr.bits >> shift, shift }];
  });
  return {
    negated,
    canBeInvalid: true,
    unknownKeys: [],
    always: false,
    never: ranges.length === 0,
    hit: (v) => {
      const a = address(v, true);
      if (!a) return "invalid";
      return ranges.some((r) => r.v === a.v && a.bits >> r.shift === r.net) ? "true" : "false";
    },
  };
}
