import { conditionKeyRow } from "../facts/conditionKeys.js";
import { type Layer, layers } from "../facts/layers.js";
import type { ContextLookup } from "../policy/ContextKeyState.js";
import type { Inquiry, Question } from "../question/inquiryOf.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Asked } from "../verdict/Asked.js";
import { keyAccess, opened } from "../verdict/KeyAccess.js";
import { byLayer, verdictOf } from "../verdict/LayerJudgement.js";
import type { Disagreement } from "./Diagnosis.js";
import type { ActionDecision } from "./decide.js";
import { dryRunAllowed, dryRunRefused } from "./phrases.js";
import type { SettledAction, SettledLayer } from "./SettledAction.js";
import { applied } from "./settle.js";

/** What KMS answered to a dry run of an action by the caller itself. */
export interface DryRun {
  allowed: boolean;
  isKeyStateRefused: boolean;
}

/** The dry run of an action that counts; null where there is none. None counts for a key given by an alias. */
export function dryRunOf({ dryRun }: Snapshot, { key }: Inquiry, { action, kind }: Question): DryRun | null {
  if (dryRun?.status !== "read" || kind !== "kms" || key.isByAlias) return null;
  const answer = dryRun.value.find((run) => run.action.toLowerCase() === action.toLowerCase());
  return answer === undefined ? null : { allowed: answer.allowed, isKeyStateRefused: answer.keyState === "refused" };
}

/**
 * The context of a dry run: a direct call of the caller, with its own network keys, without what AWS Backup adds, and
 * with operations and a grantee that the probe chose.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html (kms:GrantIsForAWSResource)
 */
export function dryRunLookup({ context }: Question, ownCall: Question): ContextLookup {
  return (key) => {
    const lower = key.toLowerCase();
    const row = conditionKeyRow(lower);
    const known = context(key);
    // What the caller's own call carries it carries here too, but for the vault's tags: known is that there are none.
    if (/^aws:(requesttag\/|tagkeys$)/.test(lower)) return known;
    if (row?.ownOnly === true || row?.key === "aws:SourceIp") return ownCall.context(key);
    if (lower === "kms:viaservice" || lower === "kms:grantisforawsresource") {
      return { name: known.name, state: { kind: "absent" } };
    }
    // The probe chose these, whatever is known of the forwarded call's.
    if (/^kms:(grantoperations|grantconstraint|grantee|retiring)/.test(lower)) {
      return { name: known.name, state: { kind: "unknown", multiValued: lower === "kms:grantoperations" } };
    }
    if (lower.startsWith("kms:encryptioncontext")) return { name: known.name, state: { kind: "absent" } };
    return known;
  };
}

/**
 * Hears a dry run: `allowed` settles only what was not read; a refusal settles nothing, since the forwarded call carries
 * what this one does not; that KMS refuses for the key's state settles that (specification, rule 9).
 *
 * @param direct what the read policies say of the direct call
 */
export function hearDryRun(settled: SettledAction, run: DryRun, direct: ActionDecision, asked: Asked): SettledAction {
  const { action } = asked.question;
  const disagreements: Disagreement[] = [...settled.disagreements];
  const assumptions = [...settled.assumptions];
  const isUnread = (layer: Layer) => settled.layers[layer].judgement.unread && settled.layers[layer].judgement.applies;
  let { access } = settled;
  const disagree = (layer: Layer, policies: "allowed" | "explicitDeny" | "implicitDeny", note: string) => {
    disagreements.push({
      layer,
      action,
      verdicts: { policies, "dry-run": run.allowed ? "allowed" : "implicitDeny" },
      note,
    });
  };

  if (run.isKeyStateRefused) {
    const { judgement } = settled.layers["key-state"];
    const own = verdictOf(judgement);
    if (own !== "unknown") {
      if (own === "allowed")
        disagree("key-state", own, "The key's state that was read counts; it may have changed since.");
      return { ...settled, disagreements };
    }
    const told = {
      ...judgement,
      silent: [{ policy: null, statement: null, target: null, note: "KMS refused a dry run for the key's state" }],
    };
    const refused: SettledLayer = {
      ...applied(told, { verdict: "implicitDeny", policy: null }, "dry-run", asked),
      isForced: true,
    };
    return { ...settled, layers: { ...settled.layers, "key-state": refused } };
  }

  // What was not read may be what refused.
  const isContradicted = run.allowed
    ? direct.explicit.length + direct.silent.length > 0
    : direct.verdict === "allowed" && !layers.some(isUnread);
  if (isContradicted) {
    const [blocking] = [...direct.explicit, ...direct.silent];
    const isExplicit = direct.explicit.length > 0;
    disagree(
      blocking ?? "key-policy",
      run.allowed ? (isExplicit ? "explicitDeny" : "implicitDeny") : "allowed",
      "The policies that were read say otherwise of the dry run, too; one of the two may be older than the other.",
    );
  }
  const agreeing = run.allowed ? [] : [...direct.explicit, ...direct.silent];
  const layersHeard = byLayer((layer): SettledLayer => {
    const before = settled.layers[layer];
    const own = verdictOf(before.judgement);
    if (agreeing.includes(layer) && (own === "explicitDeny" || own === "implicitDeny")) {
      return { ...before, sources: [...before.sources, "dry-run"] };
    }
    if (!isUnread(layer) || own !== "unknown") return before;
    if (!run.allowed) return { ...before, remark: dryRunRefused(action) };
    assumptions.push(dryRunAllowed(layer, action));
    if (layer === "key-policy")
      access = { ...keyAccess({ truth: "false", dependsOn: [] }), exact: opened(access.exact, "true", []) };
    return applied(before.judgement, { verdict: "allowed", policy: null }, "dry-run", asked);
  });
  return { ...settled, layers: layersHeard, access, assumptions, disagreements };
}
