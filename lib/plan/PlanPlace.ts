import { rootArn } from "../facts/arn.js";
import { isNotKnown, type NotKnown, notKnown } from "./NotKnown.js";

/** Where a plan would be applied, as far as it is known. */
export interface PlanPlace {
  partition: string;
  /** The account in which vaults are made; null where nobody could tell. */
  accountId: string | null;
  region: string | null;
}

/**
 * The policy that KMS gives a key which is made without one.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function defaultKeyDocument({ partition, accountId }: PlanPlace): object {
  const account: string | NotKnown = accountId === null ? notKnown("the account's id") : rootArn(partition, accountId);
  return {
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: account },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  };
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
