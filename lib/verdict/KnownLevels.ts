import { type PolicyLayer, principalLayers } from "../facts/layers.js";
import type { ParsedPolicy } from "../policy/ParsedPolicy.js";
import type { PolicyMemory } from "../policy/policyMemory.js";
import type { LayerEvidence, PolicyLevel, PolicyPlace } from "../snapshot/layerEvidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { OwnKeyJudgement } from "./KeyAccess.js";
import type { Finding, JudgedStatement, LayerJudgement, PolicyRef } from "./LayerJudgement.js";
import { policyRef } from "./policyRef.js";
import type { Remembered } from "./Remembered.js";

/** A policy that was read, where it stands. */
export interface KnownPlace extends PolicyPlace {
  /** Null where the document could not be read. */
  readonly parsed: ParsedPolicy | null;
  readonly ref: PolicyRef;
  /** What was told of its statements, by their index. */
  readonly told: Map<number, Told>;
}

/** What is told of one statement at one place, as a blocker and by its truth. */
export interface Told {
  finding: Finding;
  sure: JudgedStatement;
  open: JudgedStatement;
}

/** Policies that count as one, read. */
export interface KnownLevel extends PolicyLevel {
  readonly places: KnownPlace[];
}

/** The policies of a layer as they were first seen, with what they said of each action: it is said again, not judged again. */
export interface KnownLevels {
  readonly levels: readonly KnownLevel[];
  /** Whether it counts who calls. */
  readonly asksWho: boolean;
  /** Whether they were met more than once. */
  isFamiliar: boolean;
  readonly ofLayer: Map<string, Remembered<LayerJudgement>[]>;
  /** The key policy's own judgement, without grants. */
  readonly ofKeyPolicy: Map<string, Remembered<OwnKeyJudgement>[]>;
}

/** Reads the policies of a layer, or gives what is known of the very same ones. */
export type LevelMemory = (layer: PolicyLayer, evidence: ReadEvidence) => KnownLevels;

type ReadEvidence = Extract<LayerEvidence, { status: "read" }>;

/**
 * A memory of policies that stand together. It holds them as long as the memory of policies holds the first of them, up to
 * so many together; then all are forgotten.
 *
 * @param mayChange whether what a snapshot holds may have been changed since it was seen; else it is known by itself
 */
export function newLevelMemory(policies: PolicyMemory, { mayChange }: { mayChange: boolean }): LevelMemory {
  const shelves = new Map<PolicyLayer, (evidence: ReadEvidence) => KnownLevels>();
  return (layer, evidence) => {
    const shelf = shelves.get(layer) ?? newShelf(policies, principalLayers.has(layer), mayChange);
    shelves.set(layer, shelf);
    return shelf(evidence);
  };
}

/** So many sets of policies are remembered that begin with the same one. */
const mostSets = 4;

/** So many policies in all sets of a layer; what was said of each takes some ten kilobytes. */
const mostPlaces = 4_000;

/** So many letters of names count as another policy. */
const lettersOfPlace = 1_000;

function newShelf(policies: PolicyMemory, isPrincipalRequired: boolean, mayChange: boolean) {
  let bySource = new WeakMap<object, KnownLevels>();
  let byFirst = new WeakMap<ParsedPolicy, KnownLevels[]>();
  let kept = 0;

  const ofLevels = (levels: readonly PolicyLevel[]): KnownLevels => {
    const parsed = levels.map(({ places }) =>
      places.map(({ policy: { document } }) => (document === null ? null : policies(document, isPrincipalRequired))),
    );
    const first = parsed.flat().find((one) => one !== null);
    if (first === undefined) return knownLevels(levels, parsed);
    const known = byFirst.get(first)?.find((set) => isSame(set.levels, levels, parsed));
    if (known !== undefined) {
      known.isFamiliar = true;
      return known;
    }
    const made = knownLevels(levels, parsed);
    kept += sizeOf(levels);
    if (kept > mostPlaces) {
      bySource = new WeakMap();
      byFirst = new WeakMap();
      kept = 0;
    }
    const others = byFirst.get(first) ?? [];
    if (others.push(made) > mostSets) others.shift();
    byFirst.set(first, others);
    return made;
  };
  return ({ levels, source }: ReadEvidence): KnownLevels => {
    if (mayChange) return ofLevels(levels());
    const before = bySource.get(source);
    if (before !== undefined) {
      before.isFamiliar = true;
      return before;
    }
    const known = ofLevels(levels());
    bySource.set(source, known);
    return known;
  };
}

function sizeOf(levels: readonly PolicyLevel[]): number {
  const letters = levels.flatMap(({ name, unreadable, places }) => [
    name,
    unreadable,
    ...places.flatMap(({ policy: { name: own, arn, id, attachedTo, unreadable: why } }) => [
      own,
      arn,
      id,
      attachedTo,
      why,
    ]),
  ]);
  const long = letters.reduce((sum, text) => sum + (text?.length ?? 0), 0) / lettersOfPlace;
  return levels.reduce((sum, { places }) => sum + places.length, 1) + long;
}

function knownLevels(
  levels: readonly PolicyLevel[],
  parsed: readonly (readonly (ParsedPolicy | null)[])[],
): KnownLevels {
  return {
    levels: levels.map((level, at) => ({
      ...level,
      // A copy, since whoever gave the snapshot may call a policy otherwise later, and may have put anything into it.
      places: level.places.map((place, index) => ({
        ...place,
        policy: withoutMore(place.policy),
        parsed: parsed[at]?.[index] ?? null,
        ref: policyRef(place.policy),
        told: new Map(),
      })),
    })),
    asksWho: parsed.some((places) => places.some((one) => one !== null && asksWhoCalls(one))),
    isFamiliar: false,
    ofLayer: new Map(),
    ofKeyPolicy: new Map(),
  };
}

/** Whether a statement has a Principal or NotPrincipal. */
export function asksWhoCalls({ statements }: ParsedPolicy): boolean {
  return statements.some(({ principal }) => principal !== null);
}

function isSame(
  known: readonly KnownLevel[],
  levels: readonly PolicyLevel[],
  parsed: readonly (readonly (ParsedPolicy | null)[])[],
): boolean {
  return (
    known.length === levels.length &&
    known.every((one, at) => {
      const level = levels[at];
      return (
        level !== undefined &&
        one.places.length === level.places.length &&
        one.target === level.target &&
        one.name === level.name &&
        one.path === level.path &&
        one.unreadable === level.unreadable &&
        one.places.every((place, index) => {
          const policy = level.places[index]?.policy;
          return policy !== undefined && place.parsed === parsed[at]?.[index] && isCalledAlike(place.policy, policy);
        })
      );
    })
  );
}

function withoutMore({ name, arn, id, attachedTo, document, unreadable }: Policy): Policy {
  return { name, arn, id, attachedTo, document, unreadable };
}

function isCalledAlike(one: Policy, other: Policy): boolean {
  return (
    one.name === other.name &&
    one.arn === other.arn &&
    one.id === other.id &&
    one.attachedTo === other.attachedTo &&
    one.unreadable === other.unreadable
  );
}
