import { isDeepStrictEqual } from "node:util";
import type { ChangedPolicy } from "../../question/PlannedKey.js";
import { fieldOf } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { scalarText } from "../PlanPlace.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";

/** A managed policy that is there, by its ARN; null of others, and where the plan does not say which it is. */
export function policyThere({ mode, type, change: { before } }: ResourceChange): string | null {
  const isPolicy = mode === "managed" && /^(?:aws_iam_policy|awscc_iam_managed_policy)$/.test(type);
  return isPolicy ? (scalarText(fieldOf(before, type === "aws_iam_policy" ? "arn" : "policy_arn")) ?? null) : null;
}

/** The managed policies that are there and whose documents a plan changes, or that it deletes: not their tags alone. */
export const changedPolicies = foundOnce(({ resource_changes }: TerraformPlan): readonly ChangedPolicy[] =>
  resource_changes.flatMap((one) => {
    const { address, type, change } = one;
    const arn = policyThere(one);
    const field = type === "aws_iam_policy" ? "policy" : "policy_document";
    const isGone = change.actions.includes("delete");
    const isOther = change.actions.includes("update") && !isSame(change, field);
    return arn !== null && (isGone || isOther) ? [{ arn, address }] : [];
  }),
);

function isSame({ before, after, after_unknown }: ResourceChange["change"], field: string): boolean {
  return (
    fieldOf(after_unknown, field) === undefined &&
    isDeepStrictEqual(read(fieldOf(before, field)), read(fieldOf(after, field)))
  );
}

/** Written with other blanks, a document is the same. */
function read(document: unknown): unknown {
  if (typeof document !== "string") return document;
  try {
    return JSON.parse(document);
  } catch {
    return document;
  }
}
