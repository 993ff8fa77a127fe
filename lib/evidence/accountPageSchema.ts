import * as v from "valibot";
import { parsePrincipalArn } from "../facts/arn.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";

const text = v.pipe(v.string(), v.nonEmpty("Expected a text that is not empty"));
const flag = v.optional(v.boolean());
const listOf = <T>(item: v.GenericSchema<unknown, T>) => v.optional(v.array(item), []);
/** What a filter has taken out was not read: it is not the same as an empty list. */
const maybeListOf = <T>(item: v.GenericSchema<unknown, T>) => v.optional(v.array(item));
/** URL-encoded as the API gives it, or an object as the AWS CLI prints it. */
const document = v.union(
  [text, v.custom<PolicyDocument>((input) => typeof input === "object" && input !== null && !Array.isArray(input))],
  "Expected a policy document: a text, or an object",
);
const inline = maybeListOf(v.object({ PolicyName: text, PolicyDocument: document }));
const attached = maybeListOf(v.object({ PolicyArn: text, PolicyName: v.optional(text) }));
const arnOfA = (kind: "user" | "role") =>
  v.pipe(
    v.string(),
    v.check((value) => parsePrincipalArn(value)?.kind === kind, `Expected the ARN of a ${kind}`),
  );

const principal = {
  AttachedManagedPolicies: attached,
  PermissionsBoundary: v.optional(v.object({ PermissionsBoundaryArn: text })),
  Tags: maybeListOf(v.object({ Key: v.string(), Value: v.string() })),
  /** AWS writes it of each: without it, members were filtered out. */
  CreateDate: v.optional(v.unknown()),
};
const userDetailSchema = v.object({
  ...principal,
  Arn: arnOfA("user"),
  UserId: v.optional(text),
  UserPolicyList: inline,
  GroupList: maybeListOf(text),
});
const roleDetailSchema = v.object({
  ...principal,
  Arn: arnOfA("role"),
  RoleId: v.optional(text),
  RolePolicyList: inline,
});
const groupDetailSchema = v.object({
  GroupName: text,
  GroupPolicyList: inline,
  AttachedManagedPolicies: attached,
});
const managedPolicyDetailSchema = v.object({
  Arn: text,
  DefaultVersionId: v.optional(text),
  PolicyVersionList: listOf(v.object({ VersionId: v.optional(text), IsDefaultVersion: flag, Document: document })),
});

/**
 * One answer of GetAccountAuthorizationDetails, or what the AWS CLI prints of all of them, as far as it is used.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const accountPageSchema = v.object({
  UserDetailList: listOf(userDetailSchema),
  GroupDetailList: listOf(groupDetailSchema),
  RoleDetailList: listOf(roleDetailSchema),
  Policies: listOf(managedPolicyDetailSchema),
  IsTruncated: flag,
  Marker: v.optional(v.nullable(v.string())),
});

export type AccountPage = v.InferOutput<typeof accountPageSchema>;
export type UserDetail = AccountPage["UserDetailList"][number];
/** A user or role with its own policies. */
export type PrincipalDetail = UserDetail | AccountPage["RoleDetailList"][number];
