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
 * A memory of policies that stand together. It holds them as long as the memory of policies holds the first of them, so
 * that it needs no bound of its own.
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

function newShelf(policies: PolicyMemory, isPrincipalRequired: boolean, mayChange: boolean) {
  const bySource = new WeakMap<object, KnownLevels>();
  const byFirst = new WeakMap<ParsedPolicy, KnownLevels[]>();

  const ofLevels = (levels: readonly PolicyLevel[]): KnownLevels => {
    const parsed = levels.map(({ places }) =>
      places.map(({ policy: { document } }) => (document === null ? null : policies(document, isPrincipalRequired))),
    );
    const first = parsed.flat().find((one) => one !== null);
    if (first === undefined) return knownLevels(levels, parsed);
    const sets = byFirst.get(first);
    const known = sets?.find((set) => isSame(set.levels, levels, parsed));
    if (known !== undefined) {
      known.isFamiliar = true;
      return known;
    }
    const made = knownLevels(levels, parsed);
    if (sets === undefined) byFirst.set(first, [made]);
    else if (sets.push(made) > mostSets) sets.shift();
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

function knownLevels(
  levels: readonly PolicyLevel[],
  parsed: readonly (readonly (ParsedPolicy | null)[])[],
): KnownLevels {
  return {
    levels: levels.map((level, at) => ({
      ...level,
      // A copy, since whoever gave the snapshot may call a policy otherwise later.
      places: level.places.map((place, index) => ({
        ...place,
        policy: { ...place.policy },
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

function isCalledAlike(one: Policy, other: Policy): boolean {
  return (
    one.name === other.name &&
    one.arn === other.arn &&
    one.id === other.id &&
    one.attachedTo === other.attachedTo &&
    one.unreadable === other.unreadable
  );
}
