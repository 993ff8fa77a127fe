import * as v from "valibot";
import { accountId } from "../facts/names.js";
import { accountIdField, documentSchema, name, text, texts } from "./worldForms.js";

/** A root, organizational unit or account; left out, its policies are those that AWS attaches everywhere. */
export const targetSchema = v.strictObject({
  id: v.pipe(
    v.string(),
    v.check(
      (written) => /^(r|ou)-./.test(written) || accountId.test(written),
      "Expected the id of a root, organizational unit or account",
    ),
  ),
  type: v.picklist(["ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT"]),
  name: text,
  /** Of an account. */
  email: text,
  tags: v.optional(texts),
  /** Null for the root. */
  parentId: v.optional(v.nullable(v.string()), null),
  /** Ids of the policies that are attached directly. */
  policies: v.optional(v.array(v.string()), ["p-FullAWSAccess", "p-RCPFullAWSAccess"]),
});

export const organizationPolicySchema = v.strictObject({
  id: v.pipe(v.string(), v.startsWith("p-", "Expected a policy id, as p-examplepolicy")),
  name,
  arn: text,
  type: v.picklist(["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]),
  description: text,
  tags: v.optional(texts),
  document: documentSchema,
});

export const worldOrganizationSchema = v.strictObject({
  id: v.pipe(v.string(), v.startsWith("o-", "Expected an organization id, as o-exampleorgid")),
  managementAccountId: accountIdField,
  /** Whether each type of policy is in force. */
  policyTypes: v.optional(v.strictObject({ serviceControl: v.boolean(), resourceControl: v.boolean() }), {
    serviceControl: true,
    resourceControl: true,
  }),
  /** Left out: one root that holds nobody. */
  targets: v.optional(v.array(targetSchema), [{ id: "r-root", type: "ROOT" }]),
  policies: v.optional(v.array(organizationPolicySchema), []),
  /** Accounts that may read the organization beside the management account. */
  delegatedAdministrators: v.optional(v.array(accountIdField), []),
  /** Services that may act in the organization's accounts, as "backup.amazonaws.com". */
  serviceAccess: v.optional(v.array(v.string())),
});
