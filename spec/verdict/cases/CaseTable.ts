import type { Diagnosis } from "../../../lib/diagnosis/Diagnosis.js";
import type { Layer, Source, Verdict } from "../../../lib/facts/layers.js";
import type { SnapshotPatch } from "./buildSnapshot.js";

/**
 * One table of cases: a snapshot each, and what its diagnosis must say.
 *
 * Wherever actions are named, a text lists some of them: `kms:*` are the five, `*` the seven,
 * "kms:CreateGrant kms:Decrypt" those two.
 */
export interface CaseTable {
  table: string;
  title: string;
  /**
   * Situations (situations.json) that all cases of the table start from, on top of the specification's `allowed`
   * example.
   */
  base: string[];
  cases: DiagnosisCase[];
}

export interface DiagnosisCase {
  /** What a user would notice. */
  name: string;
  /** The AWS page, the capture or the section of the specification that the expectation is taken from. */
  source: string;
  /** Situations that are applied before the case's own patch. */
  with?: string[];
  snapshot: SnapshotPatch;
  expected: ExpectedDiagnosis;
  /** The code does not do it yet: the finding is written down elsewhere. */
  pending?: boolean;
}

/** What is left out is not asserted. */
export interface ExpectedDiagnosis {
  outcome?: Diagnosis["outcome"];
  blockingLayer?: Layer | null;
  /** All blockers, in order. */
  blockers?: ExpectedBlocker[];
  /** Each is matched by some blocker's reason. */
  reasons?: string[];
  verdicts?: Record<string, Verdict>;
  layers?: Record<string, Partial<Record<Layer, Verdict>>>;
  sources?: Record<string, Partial<Record<Layer, Source[]>>>;
  /** Among the statements that a layer's verdict on an action rests on, as "Policy#0"; a grant is "grant/ID#0". */
  statements?: Record<string, Partial<Record<Layer, string[]>>>;
  /** Not among them. */
  notStatements?: Record<string, Partial<Record<Layer, string[]>>>;
  resources?: Record<string, string>;
  /** Layers that are suspects; others may be too. */
  suspects?: Layer[];
  notSuspects?: Layer[];
  /** By suspect layer, exactly the actions that it could turn. */
  suspectActions?: Partial<Record<Layer, string>>;
  /** Each is matched by some suspect's reason. */
  suspectReasons?: string[];
  /** Among what the suspects depend on. */
  dependsOn?: string[];
  /** What no suspect depends on. */
  notDependsOn?: string[];
  /** Each is matched by some assumption. */
  assumptions?: string[];
  /** None is matched by any assumption. */
  notAssumptions?: string[];
  /** By suspect layer, exactly the statements that it hangs on, as "Policy#0@target"; "@null" where there is no target. */
  suspectStatements?: Partial<Record<Layer, string[]>>;
  /** None is matched by any suspect's reason. */
  notSuspectReasons?: string[];
  /** None is matched by any blocker's reason. */
  notReasons?: string[];
  /** Each is matched by the summary. */
  summary?: string[];
  /** None is matched by the summary. */
  notSummary?: string[];
  /** Some of who, what and where was judged. */
  subject?: Record<string, string | null>;
  /** All disagreements, by layer and action. */
  disagreements?: { layer: Layer; action: string }[];
  /** The actions of all disagreements, whichever their layers. */
  disagreeingActions?: string;
  /** Actions beyond the seven, in order. */
  extraActions?: string[];
}

/** As in the specification, section 9; `policy` is its name, null where silence is nobody's. */
export interface ExpectedBlocker {
  layer: Layer;
  effect: "explicitDeny" | "implicitDeny";
  actions: string;
  certainty?: "confirmed" | "probable";
  sid?: string | null;
  index?: number;
  statement?: null;
  policy?: string | null;
  policyArn?: string;
  attachedTo?: string;
  target?: string | null;
}
