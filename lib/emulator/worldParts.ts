import type { GenericSchema, InferInput, InferOutput } from "valibot";
import { parseArn, rootArn } from "../facts/arn.js";
import { awsManagedKey, policyOfNewKey, publishedKeyPolicy } from "../facts/kms.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import { targetSchema, worldOrganizationSchema } from "./organizationSchema.js";
import { parsePart } from "./parsePart.js";
import type { WorldKey } from "./World.js";
import { accountSchema, groupSchema, roleSchema, userSchema, worldKeySchema, worldSchema } from "./worldSchema.js";

/*
 * Builders for worlds in code: each takes what matters and fills in what the schema says is usual.
 */

const builder =
  <S extends GenericSchema>(schema: S) =>
  (parts: InferInput<S>): InferOutput<S> =>
    parsePart(schema, parts, true);

/**
 * A world; what is left out is empty.
 *
 * @throws WorldFormatError where a part is not of its type, as all builders
 * @example
 * const deployer = role({ name: "Deployer", attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"] });
 * world({
 *   caller: { arn: "arn:aws:iam::444455556666:role/Deployer" },
 *   accounts: [account({ id: "444455556666", roles: [deployer] })],
 * });
 */
export const world = builder(worldSchema);
export const account = builder(accountSchema);
export const role = builder(roleSchema);
export const user = builder(userSchema);
export const group = builder(groupSchema);

/** A key; left out, it is an enabled customer managed one with the policy that KMS gives, which delegates to the account. */
export const key = (parts: InferInput<typeof worldKeySchema>): WorldKey =>
  withUsualPolicy(builder(worldKeySchema)(parts));

/** An organization with all its policy types in force; left out, its tree is one root that holds nobody. */
export const organization = builder(worldOrganizationSchema);

/** A root, organizational unit or account with FullAWSAccess (and RCPFullAWSAccess) attached, as AWS does. */
export const target = builder(targetSchema);

/** Gives a key that has no policy the one that AWS gives it, unless it is said to be without. */
export function withUsualPolicy(key: WorldKey): WorldKey {
  const { partition, accountId, region } = parseArn(key.arn) ?? { partition: "aws", accountId: "", region: "" };
  if (key.policy === undefined && key.withoutPolicy !== true) {
    key.policy = key.aliases.includes(awsManagedKey.alias)
      ? publishedKeyPolicy({ partition, accountId, region })
      : defaultKeyPolicy(partition, accountId);
  }
  return key;
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export function defaultKeyPolicy(partition: string, accountId: string): PolicyDocument {
  return policyOfNewKey(rootArn(partition, accountId));
}
