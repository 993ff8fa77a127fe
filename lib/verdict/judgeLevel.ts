import type { Layer } from "../facts/layers.js";
import { matchStatements, statementsNaming } from "../policy/matchStatements.js";
import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import type { StatementMatch } from "../policy/StatementMatch.js";
import type { StatementRef } from "../policy/StatementRef.js";
import type { Asked } from "./Asked.js";
import { asksWhoCalls, type KnownLevel, type KnownPlace, type Told } from "./KnownLevels.js";
import { blank, type Finding, type JudgedStatement, type LayerJudgement, unique } from "./LayerJudgement.js";
import type { Remembered } from "./Remembered.js";
import { recalled } from "./recalled.js";

/** A statement that applies or might, with the place of the policy it stands in. */
export interface PlacedMatch {
  place: KnownPlace;
  match: StatementMatch;
}

/** What one level's documents, as their union, hold for a question. */
export interface LevelMatches {
  matches: readonly PlacedMatch[];
  /** Documents that are damaged or could not be read: their path and why. */
  damage: readonly { path: string; reason: string }[];
}

const nothing: readonly never[] = Object.freeze([]);

/** Puts a question to each document of a level. */
export function matchLevel(asked: Asked, { places, path, unreadable }: KnownLevel): LevelMatches {
  const matches: PlacedMatch[] = [];
  const damage: { path: string; reason: string }[] = [];
  const damaged = (at: string, reason: string) => damage.push({ path: at, reason });
  for (const place of places) {
    const { policy, parsed, ref } = place;
    if (parsed === null) {
      damaged(place.path, `${ref.name}: ${policy.unreadable ?? "could not be read"}`);
      continue;
    }
    const isDamaged = parsed.damage.length > 0;
    if (isDamaged) damaged(place.path, `${ref.name}: ${parsed.damage[0]}`);
    for (const match of matchesIn(parsed, asked)) {
      // The statements of a damaged document count only where they deny (specification, section 4.6).
      if (!isDamaged || match.effect === "Deny") matches.push({ place, match });
    }
  }
  if (unreadable !== null) damaged(path, unreadable);
  return { matches, damage };
}

/** A policy of fewer statements about an action is matched as quickly as it is remembered. */
const manyStatements = 8;

interface Matched {
  asksWho: boolean;
  byAction: Map<string, Remembered<readonly StatementMatch[]>[]>;
}

const matchedBefore = new WeakMap<ParsedPolicy, Matched>();

/** The same for the same call, wherever the policy stands: a fix of another one is proven without matching this one again. */
function matchesIn(parsed: ParsedPolicy, asked: Asked): readonly StatementMatch[] {
  const match = () => matchStatements(parsed, asked.request);
  if (statementsNaming(parsed, asked.request.action).length < manyStatements) return match();
  const known: Matched = matchedBefore.get(parsed) ?? { asksWho: asksWhoCalls(parsed), byAction: new Map() };
  matchedBefore.set(parsed, known);
  return recalled(known.byAction, known.asksWho, asked, match);
}

/** What one level says to a question (specification, section 4.1). */
export function judgeLevel(layer: Layer, { matches, damage }: LevelMatches, silent: Finding): LayerJudgement {
  const denying: Finding[] = [];
  let isAllowed = false;
  let mayDeny = false;
  let mayAllow = false;
  const denyOn: string[] = [];
  const allowOn: string[] = [];
  for (const { place, match } of matches) {
    const isSure = match.truth === "true";
    if (match.effect === "Deny") {
      mayDeny = true;
      if (isSure) denying.push(toldOf(place, match).finding);
      else denyOn.push(...keysOf(match));
    } else {
      mayAllow = true;
      if (isSure) isAllowed = true;
      else allowOn.push(...keysOf(match));
    }
  }
  const isDamaged = damage.length > 0;
  const paths = isDamaged ? damage.map(({ path }) => path) : nothing;
  const denyKeys = unique(denyOn);
  const allowKeys = unique(allowOn);
  const readDenies = denying.length > 0 ? "true" : mayDeny ? "unknown" : "false";
  return {
    ...blank[layer],
    denies: readDenies === "false" && isDamaged ? "unknown" : readDenies,
    allows: isAllowed ? "true" : mayAllow || isDamaged ? "unknown" : "false",
    denyDependsOn: isDamaged ? unique([...paths, ...denyKeys]) : denyKeys,
    allowDependsOn: isDamaged ? unique([...paths, ...allowKeys]) : allowKeys,
    denying,
    silent: [silent],
    statements: matches.length === 0 ? nothing : matches.map(statementOf),
    unread: isDamaged,
    readPart: isDamaged ? { denies: readDenies, dependsOn: denyKeys } : null,
    note: isDamaged ? damage.map(({ reason }) => reason).join("; ") : "",
  };
}

/** What an undecided statement hangs on; an unread boundary, which NotPrincipal asks for, by its path. */
export function keysOf({ dependsOn }: StatementMatch): readonly string[] {
  if (!dependsOn.includes("principal.permissionsBoundary")) return dependsOn;
  return dependsOn.map((key) => (key === "principal.permissionsBoundary" ? "policies.permissionsBoundary" : key));
}

function statementOf({ place, match }: PlacedMatch): JudgedStatement {
  const told = toldOf(place, match);
  return match.truth === "true" ? told.sure : told.open;
}

/** The same objects for every action that a statement decides: thousands of statements may deny seven actions each. */
function toldOf(place: KnownPlace, { sid, index, effect }: StatementMatch): Told {
  const known = place.told.get(index);
  if (known !== undefined) return known;
  const { target, ref: policy } = place;
  const ref: StatementRef = { policy: policy.name, sid, index, effect };
  const told: Told = {
    finding: { policy, statement: { sid, index }, target, note: "" },
    sure: { ref, target, truth: "true" },
    open: { ref, target, truth: "unknown" },
  };
  place.told.set(index, told);
  return told;
}
