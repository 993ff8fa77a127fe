import type { Operation } from "../Call.js";

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no permission is needed */
const GetCallerIdentity: Operation = ({ session }) => ({
  Arn: session.arn,
  UserId: session.userId,
  Account: session.accountId,
});

export const sts: Record<string, Operation> = { GetCallerIdentity };
