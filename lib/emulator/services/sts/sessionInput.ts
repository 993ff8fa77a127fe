import { iamSizes } from "../../../facts/policySizes.js";
import type { Call, Input } from "../../Call.js";
import { objectsOf, tagsOf, textOf } from "../../input.js";
import { managedPolicy } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import type { Session } from "../../Session.js";
import { identityPolicyFault } from "../iam/policyGrammar.js";

/** The session policies, tags and length that a call asks for. */
export interface SessionInput {
  inline: string | undefined;
  /** Of managed policies, whose default version counts whenever the session asks. */
  arns: string[];
  tags: Record<string, string>;
  seconds: number;
}

const longestPolicy = iamSizes.session.most;
const mostArns = 10;

/** @throws ServiceError MalformedPolicyDocument, NoSuchEntity, ValidationError, MalformedInput */
export function sessionInput({ state, input }: Call, length: { byDefault: number; most: number }): SessionInput {
  const { world } = state;
  const inline = textOf(input, "Policy");
  if (inline !== undefined && inline.length > longestPolicy) throw tooLong("policy", longestPolicy);
  const fault = inline === undefined ? null : identityPolicyFault(inline, world.partition, false);
  if (fault !== null) throw new ServiceError("MalformedPolicyDocument", fault);
  const arns = (objectsOf(input, "PolicyArns") ?? []).flatMap((one) => textOf(one, "arn") ?? []);
  if (arns.length > mostArns) throw tooLong("policyArns", mostArns);
  const unknown = arns.find((arn) => managedPolicy(world, arn) === null);
  if (unknown !== undefined) {
    throw new ServiceError("NoSuchEntity", `Policy ${unknown} does not exist or is not attachable.`, 404);
  }
  return { inline, arns, tags: tagsOf(input), seconds: secondsOf(input, length) };
}

/** STS reads whole numbers alone (aws-behaviour, sts-numbers). */
function secondsOf(input: Input, { byDefault, most }: { byDefault: number; most: number }): number {
  const written = textOf(input, "DurationSeconds") ?? String(byDefault);
  const seconds = Number(written);
  if (!/^[+-]?\d+$/.test(written) || Math.abs(seconds) > 2_147_483_647) {
    throw new ServiceError("MalformedInput", "DurationSeconds is no whole number.");
  }
  if (seconds >= 900 && seconds <= most) return seconds;
  throw new ServiceError(
    "ValidationError",
    seconds < 900
      ? `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`
      : "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  );
}

function tooLong(member: string, most: number): ServiceError {
  return new ServiceError(
    "ValidationError",
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
  );
}

/** As STS answers credentials. */
export function shownCredentials({ accessKeyId, secretAccessKey, sessionToken, expiresAt }: Session) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(expiresAt ?? 0),
  };
}
