import { type Layer, takenToAllowUnread, type Verdict } from "../facts/layers.js";
import { again } from "../policy/again.js";
import type { StatementRef } from "../policy/StatementRef.js";
import type { Truth } from "../policy/Truth.js";

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

/** A statement that applies or might, where it stands, and how sure it is. */
export interface JudgedStatement {
  readonly ref: StatementRef;
  readonly target: string | null;
  readonly truth: Exclude<Truth, "false">;
}

/** What the evidence of one layer says to one action, before it is asked whether that blocks. Never changed. */
export interface LayerJudgement {
  readonly layer: Layer;
  /** False: the layer does not apply to this action or caller. */
  readonly applies: boolean;
  /** Whether it denies explicitly. */
  readonly denies: Truth;
  /** Whether it allows; for a layer of many levels, whether every level does. */
  readonly allows: Truth;
  /** The unknown keys, or the paths of evidence that was not read, that each of the two hangs on. */
  readonly denyDependsOn: readonly string[];
  readonly allowDependsOn: readonly string[];
  /** The statements that deny, where `denies` is "true". */
  readonly denying: readonly Finding[];
  /** Who says nothing, where `allows` is "false". */
  readonly silent: readonly Finding[];
  /** What matched or might. */
  readonly statements: readonly JudgedStatement[];
  /** The layer was not read, or some of it was not or is damaged. */
  readonly unread: boolean;
  /** Where only some of it was read: what that part denies or might deny, for itself. */
  readonly readPart: { readonly denies: Truth; readonly dependsOn: readonly string[] } | null;
  /** Not read, and taken to allow: session, resource control and VPC endpoint policies (specification, rules 2, 12). */
  readonly takenToAllow: boolean;
  /** Why it could not be read or decided; "" where there is nothing to say. */
  readonly note: string;
}

const nothing: readonly never[] = Object.freeze([]);

/** Of each layer the one that allows and denies nothing; the start from which the others are made. */
export const blank = byLayer(
  (layer): LayerJudgement =>
    Object.freeze({
      layer,
      applies: true,
      denies: "false",
      allows: "false",
      denyDependsOn: nothing,
      allowDependsOn: nothing,
      denying: nothing,
      silent: nothing,
      statements: nothing,
      unread: false,
      readPart: null,
      takenToAllow: false,
      note: "",
    }),
);

/** Of each layer the one that does not apply, and the one that simply allows. */
export const notApplicable = byLayer((layer) =>
  Object.freeze({ ...blank[layer], applies: false, allows: "true" as const }),
);
export const plainlyAllowed = byLayer((layer) => Object.freeze({ ...blank[layer], allows: "true" as const }));

/** A layer of which nothing was read; some of them are then taken to allow. */
export function unread(layer: Layer, path: string, note: string): LayerJudgement {
  return unreadOf[layer](path, note);
}

const unreadOf = byLayer((layer) =>
  again((path: string, note: string): LayerJudgement => {
    const dependsOn = Object.freeze([path]);
    return {
      ...blank[layer],
      denies: "unknown",
      allows: "unknown",
      denyDependsOn: dependsOn,
      allowDependsOn: dependsOn,
      unread: true,
      takenToAllow: takenToAllowUnread.has(layer),
      note,
    };
  }),
);

/** The layer's own verdict (specification, section 4.1 and rule 1). */
export function verdictOf({ applies, denies, allows }: LayerJudgement): Verdict {
  if (!applies) return "notApplicable";
  if (denies === "true") return "explicitDeny";
  if (allows === "false") return "implicitDeny";
  return denies === "unknown" || allows === "unknown" ? "unknown" : "allowed";
}

/** The unknown keys that the layer's verdict hangs on. */
export function dependsOnOf(judgement: LayerJudgement): readonly string[] {
  switch (verdictOf(judgement)) {
    case "unknown":
      return unique([...judgement.denyDependsOn, ...judgement.allowDependsOn]);
    case "implicitDeny":
      return judgement.denyDependsOn;
    case "allowed":
    case "explicitDeny":
    case "notApplicable":
      return nothing;
  }
}

/** Each text once, in the order of first appearance. */
export function unique(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)];
}

/** One thing for each layer. */
export function byLayer<T>(make: (layer: Layer) => T): Readonly<Record<Layer, T>> {
  return {
    "identity-policy": make("identity-policy"),
    "permissions-boundary": make("permissions-boundary"),
    "session-policy": make("session-policy"),
    "service-control-policy": make("service-control-policy"),
    "resource-control-policy": make("resource-control-policy"),
    "key-policy": make("key-policy"),
    "key-state": make("key-state"),
    "vpc-endpoint-policy": make("vpc-endpoint-policy"),
  };
}
