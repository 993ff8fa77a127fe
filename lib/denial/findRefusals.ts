import { requiredActions, tagAction } from "../facts/actions.js";
import {
  bareUser,
  foreignClass,
  resourceKind,
  untypedRefusals,
  wholePrincipal,
  wholeResource,
} from "../facts/denials.js";
import { consoleWords } from "./consoleWords.js";
import type { DenialReading } from "./DenialReading.js";
import { isCutOff } from "./isCutOff.js";
import { lastValueAt } from "./lastValueAt.js";
import { readCause } from "./readCause.js";
import { gaps, type Squeezed, spaced, valueAt } from "./squeeze.js";
import type { Words } from "./Words.js";

/** An error's name, by which AWS refuses, wherever it stands. */
export interface ErrorName {
  from: number;
  to: number;
  name: string;
}

/** AWS's messages are far shorter. */
const longest = 1_500;

/** Of a text that says it more often, the beginning and the end are looked at. */
const mostPlaces = 2_000;

/** The beginning of a message that names an action; the messages that name none; the errors' names. */
const anchors =
  /((?:is)?notauthorizedtoperform)|(?:Insufficientprivilegestocreateabackupvault\.?)?(?:Creatingabackupvault)?(requires?backup-storageandKMSpermissions)|(Insufficientprivilegestocreateabackupvault)|(Encodedauthorizationfailuremessage)|(Insufficientprivilegestoperformthisaction)|(AccessDenied(?:Exception)?|UnauthorizedOperation|NotAuthorized)/gi;

/** What is left of "not authorized to perform" where no action follows. */
const bareName = "NotAuthorized";

/** Everything in a squeezed text that is, or may be, a part of a refusal, in its order. Linear in the text. */
export function findRefusals(squeezed: Squeezed): { words: Words[]; names: ErrorName[] } {
  const words: Words[] = [];
  const names: ErrorName[] = [];
  const all = [...squeezed.text.matchAll(anchors)];
  const places = all.length > mostPlaces ? [...all.slice(0, mostPlaces / 2), ...all.slice(-mostPlaces / 2)] : all;
  let limit = squeezed.text.length;
  // From the end, so that each message knows where the next one begins.
  for (const place of places.reverse()) {
    const from = place.index;
    const to = from + place[0].length;
    const [, action, requires, creation, encoded, opaque, name] = place;
    const say = (reading: DenialReading, nameVaultCreation = false, end = to) =>
      words.push({ from, to: end, reading, nameVaultCreation });
    if (action !== undefined) {
      const told = readAction(squeezed, from, to, Math.min(limit, from + longest));
      if (told === "cut off") names.push({ from, to, name: "AccessDenied" });
      else if (told !== null) say(told.reading, false, told.to);
      else if (!action.toLowerCase().startsWith("is") && isWord(squeezed, from, from + bareName.length))
        names.push({ from, to: from + bareName.length, name: bareName });
      limit = from;
    } else if (requires !== undefined) say({ kind: "backup-storage-and-kms" }, true);
    else if (creation !== undefined) say({ kind: "opaque" }, true);
    else if (encoded !== undefined) say({ kind: "encoded" });
    else if (opaque !== undefined) say({ kind: "opaque" });
    else if (name !== undefined && isWord(squeezed, from, to) && !isOther(squeezed, from, to))
      names.push({ from, to, name });
  }
  for (const { form } of untypedRefusals) {
    for (const { indices } of squeezed.text.matchAll(form)) {
      const [from, to] = indices?.[1] ?? [0, 0];
      if (names.length < mostPlaces) names.push({ from, to, name: squeezed.text.slice(from, to) });
    }
  }
  words.push(...consoleWords(squeezed));
  const inOrder = (one: { from: number }, other: { from: number }) => one.from - other.from;
  const ordered = words.sort(inOrder);
  // Behind words that name an action an encoded message is a part of them, and behind any the answer's body, as PHP prints it.
  const isPart = ({ from, reading }: Words, before: Words | undefined) => {
    if (before === undefined || from - before.to > 120) return false;
    const between = squeezed.text.slice(before.to, from);
    if (reading.kind === "encoded") return before.reading.kind === "action" && /^(?:[\w-]+:\w+)?\.?$/.test(between);
    return reading.kind !== "action" && reading.kind === before.reading.kind && /^\.?-\{[\w:,]*$/.test(between);
  };
  return { words: ordered.filter((one, at) => !isPart(one, ordered[at - 1])), names: names.sort(inOrder) };
}

/** A name that is none of AWS's: a class of another library's, what a database answers, a user's wrong password. */
function isOther({ text }: Squeezed, from: number, to: number): boolean {
  const path = foreignClass.exec(text.slice(Math.max(0, from - 120), from))?.[0];
  return (path !== undefined && !/amazon|aws/i.test(path)) || /^foruser/i.test(text.slice(to, to + 7));
}

/** Whether a name stands by itself: not within a longer word, as a policy's name may be. */
function isWord({ text, gaps: before }: Squeezed, from: number, to: number): boolean {
  const begins = (before[from] ?? gaps.none) !== gaps.none || !/[\w/-]/.test(text[from - 1] ?? "");
  const ends = (before[to] ?? gaps.none) !== gaps.none || !/[\w/-]/.test(text[to] ?? "");
  return begins && (ends || /^(?:when|error|:)/i.test(text.slice(to, to + 20)));
}

/** A line may have been broken within one of these; behind it, what goes on is something else. */
const wholeActions: readonly string[] = [...requiredActions, tagAction];

const causes = /becauseno|becausethe(?=role|resource)|withanexplicitdeny/i;

function readAction(
  squeezed: Squeezed,
  from: number,
  after: number,
  limit: number,
): { reading: DenialReading; to: number } | "cut off" | null {
  const { text } = squeezed;
  const named =
    /^:?([\w-]{1,40}:(?!arn:)[A-Za-z*][\w*]{0,400}?)(?=onresource:|onthisresource|because(?:no|the)|withanexplicitdeny|[^\w*]|$)/i.exec(
      text.slice(after, limit),
    );
  const full = named?.[1];
  if (named === null || full === undefined) return null;
  const start = after + named[0].length - full.length;
  // What AWS writes behind an action shows that a line's end within it is none of its own.
  const isClosed = /^(?:on(?:this)?resource|because(?:no|the)|withan)/i.test(text.slice(start + full.length, limit));
  const action = text.slice(start, actionEnd(squeezed, start, start + full.length, isClosed ? gaps.line : gaps.wrap));
  let to = start + action.length;
  // No action's name is the beginning of one of these.
  const isBegun = wholeActions.some((one) => one.startsWith(action));
  if (!wholeActions.includes(action) && (isBegun || isCutOff(squeezed, to))) return "cut off";

  const tail = text.slice(to, limit);
  const hasResource = /^onresource:/i.test(tail);
  const at = tail.search(causes);
  const cause = at === 0 || (at > 0 && at < 900 && hasResource && !isParted(squeezed, to, to + at)) ? to + at : null;
  let resource: string | null = null;
  if (hasResource) {
    const begin = to + "onresource:".length;
    resource = resourceAt(squeezed, begin, cause, limit);
    to = cause ?? begin + (resource ?? "").replace(/ /g, "").length;
  }
  const told = cause === null ? null : readCause(squeezed, cause, limit);
  to = told?.to ?? to;
  const id = /authorization(?:-details\/|id:)(?=[\w-])/i.exec(text.slice(to, Math.min(limit, to + 600)));
  return {
    to,
    reading: {
      kind: "action",
      user: userBefore(squeezed, from),
      action,
      resource,
      policyType: told?.policyType ?? null,
      effect: told?.effect ?? null,
      policy: told?.policy ?? null,
      authorizationId: id === null ? null : valueAt(squeezed, to + id.index + id[0].length, /[\w-]/, limit),
      ambiguous: /doesnotexistinthisRegion/i.test(text.slice(start, Math.min(limit, to + 200))),
    },
  };
}

/** A blank, or a greater gap than may be within it, parts the action from what follows, once its name has begun. */
function actionEnd({ text, gaps: before }: Squeezed, start: number, end: number, most: number): number {
  for (let at = text.indexOf(":", start) + 2; at < end; at += 1) {
    const gap = before[at] ?? gaps.none;
    const isLineEnd = gap === gaps.wrap || gap === gaps.line;
    if (isLineEnd && wholeActions.some((one) => one.length > at - start && text.startsWith(one, start))) continue;
    const isWhole = gap === gaps.wrap && most === gaps.wrap && wholeActions.includes(text.slice(start, at));
    if (gap === gaps.blank || gap > most || isWhole) return at;
  }
  return end;
}

/** Whether one report ended, a value or a paragraph, between two places. */
function isParted({ gaps: before }: Squeezed, from: number, to: number): boolean {
  return before.subarray(from + 1, to).some((gap) => gap >= gaps.value);
}

/** The principal after the nearest "User:". */
function userBefore(squeezed: Squeezed, from: number): string | null {
  const head = squeezed.text.slice(Math.max(0, from - 700), from);
  const at = head.toLowerCase().lastIndexOf("user:");
  if (at < 0) return bareUser.exec(head)?.[0] ?? null;
  const begin = from - head.length + at + "user:".length;
  // A principal has no blanks: what more there is are ends of lines within it, unless it is no ARN at all.
  const whole = squeezed.text.slice(begin, from);
  // What a log put between two parts of it is no part of it, and makes it nobody's.
  if (whole.startsWith("arn")) return wholePrincipal.test(whole) && isUnparted(squeezed, begin, from) ? whole : null;
  return spaced(squeezed, begin, from).split(" ", 1)[0] || null;
}

/** Whether nothing stands between two places but ends of lines, and empty ones. */
function isUnparted({ gaps: before }: Squeezed, from: number, to: number): boolean {
  return before.subarray(from + 1, to).every((gap) => gap !== gaps.blank && gap !== gaps.value && gap !== gaps.report);
}

/** A resource: an ARN, or a kind and a name, of which IAM's may begin a line. */
function resourceAt(squeezed: Squeezed, begin: number, cause: number | null, limit: number): string | null {
  const kind = resourceKind.exec(squeezed.text.slice(begin, begin + 20))?.[0].length ?? 0;
  const gap = squeezed.gaps[begin + kind] ?? gaps.report;
  const isKind = kind > 0 && gap > gaps.none && gap <= gaps.line && begin + kind < limit;
  const name = isKind ? nameAt(squeezed, begin + kind, cause, limit, gaps.line) : null;
  if (name !== null) return `${spaced(squeezed, begin, begin + kind)} ${name}`;
  return nameAt(squeezed, begin, cause, limit, gaps.wrap);
}

function nameAt(squeezed: Squeezed, begin: number, cause: number | null, limit: number, most: number): string | null {
  const { text } = squeezed;
  const isArn = /^arn:/i.test(text.slice(begin, begin + 4));
  if (cause !== null) {
    const whole = spaced(squeezed, begin, cause);
    return trimmed(isArn && !/:s3:::/i.test(whole) ? text.slice(begin, cause) : whole);
  }
  const gap = squeezed.gaps[begin] ?? gaps.none;
  if (gap > (isArn ? gaps.line : most)) return null;
  const value = isArn ? lastValueAt(squeezed, begin, limit) : valueAt(squeezed, begin, /[^()[\]{}<>]/, limit);
  if (isCutOff(squeezed, begin + value.length)) return null;
  return trimmed(wholeResource.exec(value)?.[0] ?? value);
}

function trimmed(resource: string): string | null {
  const value = resource.replace(/[,.}]+$/, "").trim();
  return value === "" ? null : value;
}
