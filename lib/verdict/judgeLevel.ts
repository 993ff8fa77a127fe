import { lastSegment } from "../facts/arn.js";
import type { Layer } from "../facts/layers.js";
import { matchStatements } from "../policy/matchStatements.js";
import type { StatementMatch } from "../policy/StatementMatch.js";
import type { StatementRef } from "../policy/StatementRef.js";
import type { PolicyPlace } from "../snapshot/layerEvidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { Asked } from "./Asked.js";
import type { KnownLevel } from "./KnownLevels.js";
import {
  blank,
  type Finding,
  type JudgedStatement,
  type LayerJudgement,
  type PolicyRef,
  unique,
} from "./LayerJudgement.js";

/** A statement that applies or might, with the place of the policy it stands in. */
export interface PlacedMatch {
  place: PolicyPlace;
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
export function matchLevel({ request }: Asked, { places, path, unreadable }: KnownLevel): LevelMatches {
  const matches: PlacedMatch[] = [];
  const damage: { path: string; reason: string }[] = [];
  const damaged = (at: string, reason: string) => damage.push({ path: at, reason });
  for (const place of places) {
    const { policy, parsed } = place;
    if (parsed === null) {
      damaged(place.path, `${nameOf(policy)}: ${policy.unreadable ?? "could not be read"}`);
      continue;
    }
    const isDamaged = parsed.damage.length > 0;
    if (isDamaged) damaged(place.path, `${nameOf(policy)}: ${parsed.damage[0]}`);
    for (const match of matchStatements(parsed, request)) {
      // The statements of a damaged document count only where they deny (specification, section 4.6).
      if (!isDamaged || match.effect === "Deny") matches.push({ place, match });
    }
  }
  if (unreadable !== null) damaged(path, unreadable);
  return { matches, damage };
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

/** What is told of one statement at one place, as a blocker and by its truth. */
interface Told {
  finding: Finding;
  sure: JudgedStatement;
  open: JudgedStatement;
}

const toldAt = new WeakMap<PolicyPlace, Map<number, Told>>();

/** The same objects for every action that a statement decides: thousands of statements may deny seven actions each. */
function toldOf(place: PolicyPlace, { sid, index, effect }: StatementMatch): Told {
  const byIndex = toldAt.get(place) ?? new Map<number, Told>();
  const known = byIndex.get(index);
  if (known !== undefined) return known;
  const { policy, target } = place;
  const ref: StatementRef = { policy: nameOf(policy), sid, index, effect };
  const told: Told = {
    finding: { policy: policyRef(policy), statement: { sid, index }, target, note: "" },
    sure: { ref, target, truth: "true" },
    open: { ref, target, truth: "unknown" },
  };
  byIndex.set(index, told);
  toldAt.set(place, byIndex);
  return told;
}

const refs = new WeakMap<Policy, PolicyRef>();

/** Names a policy without its text: the same object for the same policy, as long as it is called the same. */
export function policyRef(policy: Policy): PolicyRef {
  const known = refs.get(policy);
  if (known !== undefined && isStill(known, policy)) return known;
  const ref = newRef(policy);
  refs.set(policy, ref);
  return ref;
}

function isStill(ref: PolicyRef, policy: Policy): boolean {
  const { name, arn, id, attachedTo } = ref;
  return name === nameOf(policy) && arn === policy.arn && id === policy.id && attachedTo === policy.attachedTo;
}

function newRef(policy: Policy): PolicyRef {
  const { arn, id, attachedTo } = policy;
  return Object.freeze({
    name: nameOf(policy),
    ...(arn !== undefined && { arn }),
    ...(id !== undefined && { id }),
    ...(attachedTo !== undefined && { attachedTo }),
  });
}

/** What a person calls a policy: one without a name by its ARN's last segment, or by what it is attached to. */
function nameOf({ name, arn, attachedTo }: Policy): string {
  if (name !== "") return name;
  return arn !== undefined ? lastSegment(arn) : (attachedTo ?? "");
}
