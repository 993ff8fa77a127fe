import { rootArn } from "../facts/arn.js";
import { policyOfNewKey } from "../facts/kms.js";
import { isNotKnown, type NotKnown, notKnown } from "./NotKnown.js";

/** Where a plan would be applied, as far as it is known. */
export interface PlanPlace {
  partition: string;
  /** The account in which vaults are made; null where nobody could tell. */
  accountId: string | null;
  region: string | null;
  /** The account is that of whoever calls here, and nobody else's that was named. */
  isCallers?: boolean;
}

/** The policy of a key that the plan gives none. */
export function defaultKeyDocument({ partition, accountId }: PlanPlace): object {
  return policyOfNewKey(accountId === null ? notKnown("the account's id") : rootArn(partition, accountId));
}

/** A text of a plan, also where it was written as a number or a truth. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A text, or that it is not known; null where there is none. */
export function textOrNotKnown(value: unknown): string | NotKnown | null {
  return isNotKnown(value) ? value : (scalarText(value) ?? null);
}
