import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type {
  World,
  WorldAccount,
  WorldGroup,
  WorldKey,
  WorldOrganization,
  WorldRole,
  WorldTarget,
  WorldUser,
} from "./World.js";

/*
 * Builders for worlds in code: each takes what matters and fills in the rest.
 */

/**
 * A world; what is left out is empty.
 *
 * @example
 * const deployer = role({ name: "Deployer", attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"] });
 * world({
 *   caller: { arn: "arn:aws:iam::444455556666:role/Deployer" },
 *   accounts: [account({ id: "444455556666", roles: [deployer] })],
 * });
 */
export function world(parts: Pick<World, "caller" | "accounts"> & Partial<World>): World {
  return { partition: "aws", region: "us-east-1", organizations: [], vpcEndpoints: [], ...parts };
}

export function account(parts: Pick<WorldAccount, "id"> & Partial<WorldAccount>): WorldAccount {
  return { users: [], groups: [], roles: [], policies: [], keys: [], vaults: [], ...parts };
}

export function role(parts: Pick<WorldRole, "name"> & Partial<WorldRole>): WorldRole {
  return { inlinePolicies: [], attachedPolicies: [], tags: {}, ...parts };
}

export function user(parts: Pick<WorldUser, "name"> & Partial<WorldUser>): WorldUser {
  return { inlinePolicies: [], attachedPolicies: [], tags: {}, groups: [], accessKeys: [], ...parts };
}

export function group(parts: Pick<WorldGroup, "name"> & Partial<WorldGroup>): WorldGroup {
  return { inlinePolicies: [], attachedPolicies: [], ...parts };
}

/** A customer managed key; its policy, where left out, is the default one, which delegates to the account. */
export function key(parts: Pick<WorldKey, "arn"> & Partial<WorldKey>): WorldKey {
  const [, partition = "aws", , , owner = ""] = parts.arn.split(":");
  return {
    manager: "CUSTOMER",
    state: "Enabled",
    policy: defaultKeyPolicy(partition, owner),
    grants: [],
    aliases: [],
    tags: {},
    ...parts,
  };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export function defaultKeyPolicy(partition: string, accountId: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  };
}

/** An organization with all its policy types in force; left out, its tree is one root that holds nobody. */
export function organization(
  parts: Pick<WorldOrganization, "id" | "managementAccountId"> & Partial<WorldOrganization>,
): WorldOrganization {
  return {
    policyTypes: { serviceControl: true, resourceControl: true },
    targets: [target({ id: "r-root", type: "ROOT" })],
    policies: [],
    delegatedAdministrators: [],
    ...parts,
  };
}

/** What AWS attaches to everything in an organization's tree. */
export const fullAccessPolicies = ["p-FullAWSAccess", "p-RCPFullAWSAccess"] as const;

/** A root, organizational unit or account with FullAWSAccess (and RCPFullAWSAccess) attached, as AWS does. */
export function target(parts: Pick<WorldTarget, "id" | "type"> & Partial<WorldTarget>): WorldTarget {
  return { parentId: null, policies: [...fullAccessPolicies], ...parts };
}
