import type { Blocker } from "../diagnosis/Diagnosis.js";

/** The refusals of a survey, collapsed to what is at their root. Principals count once for each vault, key and Region. */
export interface SurveySummary {
  summaryVersion: 1;
  principals: number;
  allowed: number;
  blocked: number;
  inconclusive: number;
  /** What one change would free most comes first. */
  causes: SurveyCause[];
  /** The fewest changes that free most, the best first; each step needs those before it. */
  steps: SurveyStep[];
  /** How many of the blocked no change was proven to free. */
  unfreed: number;
}

/** A statement, or a silence, that stops principals. */
export interface SurveyCause extends Pick<Blocker, "layer" | "effect" | "policy" | "statement"> {
  actions: string[];
  /** Roots, organizational units and accounts at which it stops them. */
  targets: string[];
  reason: string;
  /** How many principals it stops. */
  stops: number;
  /** How many it would stop once what stops them now is gone. */
  hidden: number;
  /** How many its change frees on its own, each proven by diagnosing again. */
  frees: number;
  /** The same on its own or together with the changes of what else stops them. */
  proven: number;
  /** Null where nothing that can be changed was found. */
  change: { title: string; owner: "account" | "organization" | "key-owner"; isShared: boolean } | null;
  /** The first few that it stops. */
  examples: string[];
}

/** Changes that free principals only together. */
export interface SurveyStep {
  /** Indexes into `causes`. */
  causes: number[];
  /** How many changes these are: one for a cause, but where each principal needs its own. */
  changes: number;
  /** How many it frees, each proven by diagnosing again with all of its changes. */
  frees: number;
  /** Together with the steps before it. */
  freed: number;
}
