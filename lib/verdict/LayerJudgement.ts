import type { StatementRef } from "../policy/StatementRef.js";
import type { Truth } from "../policy/Truth.js";
import type { Layer } from "./Layer.js";
import type { Verdict } from "./Verdict.js";

/** Names a policy without its text. */
export interface PolicyRef {
  name: string;
  arn?: string;
  id?: string;
  attachedTo?: string;
}

/** Something that can be blamed: a statement that denies, or a policy or target that says nothing. */
export interface Finding {
  policy: PolicyRef | null;
  statement: { sid: string | null; index: number } | null;
  /** Service and resource control policies: the id of the root, organizational unit or account. */
  target: string | null;
  /** What to add to the blocker's reason; "" for nothing. */
  note: string;
}

/** What the evidence of one layer says to one action, before it is asked whether that blocks. */
export interface LayerJudgement {
  layer: Layer;
  /** False: the layer does not apply to this action or caller. */
  applies: boolean;
  /** Whether it denies explicitly. */
  denies: Truth;
  /** Whether it allows; for a layer of many levels, whether every level does. */
  allows: Truth;
  /** The unknown keys, or the paths of evidence that was not read, that each of the two hangs on. */
  denyDependsOn: string[];
  allowDependsOn: string[];
  /** The statements that deny, where `denies` is "true". */
  denying: Finding[];
  /** Who says nothing, where `allows` is "false". */
  silent: Finding[];
  /** What matched or might. */
  statements: StatementRef[];
  /** The layer was not read, or is too damaged to count as read. */
  unread: boolean;
  /** Not read, and taken to allow: session, resource control and VPC endpoint policies (contract, rules 2 and 12). */
  takenToAllow: boolean;
  /** Why it could not be read or decided; "" where there is nothing to say. */
  note: string;
}

/** A layer that does not apply. */
export function notApplicable(layer: Layer): LayerJudgement {
  return { ...blank(layer), applies: false, allows: "true" };
}

/** A layer that allows and denies nothing; the start from which the others are made. */
export function blank(layer: Layer): LayerJudgement {
  return {
    layer,
    applies: true,
    denies: "false",
    allows: "false",
    denyDependsOn: [],
    allowDependsOn: [],
    denying: [],
    silent: [],
    statements: [],
    unread: false,
    takenToAllow: false,
    note: "",
  };
}

/** A layer of which nothing was read. */
export function unread(layer: Layer, path: string, note: string): LayerJudgement {
  return {
    ...blank(layer),
    denies: "unknown",
    allows: "unknown",
    denyDependsOn: [path],
    allowDependsOn: [path],
    unread: true,
    note,
  };
}

/** The layer's own verdict (contract, section 4.1 and rule 1). */
export function verdictOf(judgement: LayerJudgement): Verdict {
  if (!judgement.applies) return "notApplicable";
  if (judgement.denies === "true") return "explicitDeny";
  if (judgement.allows === "false") return "implicitDeny";
  return judgement.denies === "unknown" || judgement.allows === "unknown" ? "unknown" : "allowed";
}

/** The unknown keys that the layer's verdict hangs on. */
export function dependsOnOf(judgement: LayerJudgement): string[] {
  switch (verdictOf(judgement)) {
    case "unknown":
      return unique([...judgement.denyDependsOn, ...judgement.allowDependsOn]);
    case "implicitDeny":
      return unique(judgement.denyDependsOn);
    case "allowed":
    case "explicitDeny":
    case "notApplicable":
      return [];
  }
}

/** Each text once, in the order of first appearance. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
