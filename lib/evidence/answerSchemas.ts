import * as v from "valibot";
import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import { accountId as accountIdForm, keyArn as keyArnForm } from "../facts/names.js";
import type { ReadName } from "../facts/reads.js";
import { accountPageSchema } from "./accountPageSchema.js";
import { isKeyArn } from "./isKeyArn.js";

/*
 * What each read's answer must be before anything looks into it: the members that we use, and no others. An answer that
 * does not fit is not believed in any part, since nobody knows what else in it is wrong.
 */

const text = v.string();
const some = v.pipe(text, v.nonEmpty());
const maybe = v.optional(text);
const flag = v.optional(v.boolean());
const listOf = <T>(item: v.GenericSchema<unknown, T>) => v.optional(v.array(item));
const accountId = v.pipe(text, v.regex(accountIdForm));
const arn = v.pipe(
  text,
  v.check((value) => parseArn(value) !== null),
);
const callerArn = v.pipe(
  text,
  v.check((value) => parsePrincipalArn(value) !== null),
);
const keyArn = v.pipe(
  text,
  v.regex(keyArnForm),
  v.check((value) => isKeyArn(value)),
);
const documented = v.object({ PolicyDocument: some });
const textsByName = v.optional(v.record(text, text));

const iamPage = { IsTruncated: flag, Marker: maybe };
const kmsPage = { Truncated: flag, NextMarker: maybe };
const tokenPage = { NextToken: maybe };

const entity = v.object({
  Arn: callerArn,
  Tags: listOf(v.object({ Key: text, Value: text })),
  PermissionsBoundary: v.optional(v.object({ PermissionsBoundaryArn: arn })),
});
const attachedPolicies = v.object({
  ...iamPage,
  AttachedPolicies: listOf(v.object({ PolicyArn: arn, PolicyName: v.optional(some) })),
});
const inlinePolicies = v.object({ ...iamPage, PolicyNames: listOf(some) });

const decision = v.picklist(["allowed", "explicitDeny", "implicitDeny"]);
// Kept whole in the snapshot, for whoever diagnoses it later: what is known of a row must fit, the rest may be anything.
const simulated = {
  MatchedStatements: listOf(v.looseObject({ SourcePolicyId: maybe, SourcePolicyType: maybe })),
  MissingContextValues: listOf(text),
  PermissionsBoundaryDecisionDetail: v.optional(v.looseObject({ AllowedByPermissionsBoundary: flag })),
};
const evaluationResult = v.looseObject({
  ...simulated,
  EvalActionName: some,
  EvalResourceName: maybe,
  EvalDecision: decision,
  OrganizationsDecisionDetail: v.optional(v.looseObject({ AllowedByOrganizations: flag })),
  ResourceSpecificResults: listOf(
    v.looseObject({ ...simulated, EvalResourceName: some, EvalResourceDecision: decision }),
  ),
});

export const answerSchemas = {
  "sts:GetCallerIdentity": v.object({ Arn: callerArn, UserId: v.optional(some) }),
  "iam:GetRole": v.object({ Role: v.object({ ...entity.entries, RoleId: v.optional(some) }) }),
  "iam:ListAttachedRolePolicies": attachedPolicies,
  "iam:ListRolePolicies": inlinePolicies,
  "iam:GetRolePolicy": documented,
  "iam:GetUser": v.object({ User: v.object({ ...entity.entries, UserId: v.optional(some) }) }),
  "iam:ListAttachedUserPolicies": attachedPolicies,
  "iam:ListUserPolicies": inlinePolicies,
  "iam:GetUserPolicy": documented,
  "iam:ListGroupsForUser": v.object({ ...iamPage, Groups: listOf(v.object({ GroupName: some })) }),
  "iam:ListAttachedGroupPolicies": attachedPolicies,
  "iam:ListGroupPolicies": inlinePolicies,
  "iam:GetGroupPolicy": documented,
  // Another version than the default one would be another policy.
  "iam:GetPolicy": v.object({ Policy: v.object({ DefaultVersionId: some }) }),
  "iam:GetPolicyVersion": v.object({ PolicyVersion: v.object({ Document: some }) }),
  "iam:SimulatePrincipalPolicy": v.object({ ...iamPage, EvaluationResults: listOf(evaluationResult) }),
  "iam:SimulateCustomPolicy": v.object({ ...iamPage, EvaluationResults: listOf(evaluationResult) }),
  "iam:GetAccountAuthorizationDetails": accountPageSchema,
  "kms:DescribeKey": v.object({
    KeyMetadata: v.object({
      Arn: keyArn,
      KeyState: v.optional(some),
      KeyManager: v.optional(v.picklist(["AWS", "CUSTOMER"])),
      KeySpec: v.optional(some),
      KeyUsage: v.optional(some),
      Origin: v.optional(some),
      MultiRegion: flag,
      MultiRegionConfiguration: v.optional(v.object({ MultiRegionKeyType: v.optional(some) })),
    }),
  }),
  "kms:GetKeyPolicy": v.object({ Policy: some }),
  "kms:ListGrants": v.object({
    ...kmsPage,
    Grants: listOf(
      v.object({
        GrantId: some,
        Operations: v.array(some),
        GranteePrincipal: v.optional(some),
        RetiringPrincipal: v.optional(some),
        IssuingAccount: v.optional(some),
        Constraints: v.optional(
          v.object({ EncryptionContextSubset: textsByName, EncryptionContextEquals: textsByName }),
        ),
      }),
    ),
  }),
  "kms:ListAliases": v.object({ ...kmsPage, Aliases: listOf(v.object({ AliasName: some })) }),
  "kms:ListResourceTags": v.object({ ...kmsPage, Tags: listOf(v.object({ TagKey: text, TagValue: text })) }),
  "organizations:DescribeOrganization": v.object({
    Organization: v.object({ Id: some, MasterAccountId: accountId }),
  }),
  "organizations:DescribeAccount": v.object({
    Account: v.object({ Name: maybe, Arn: maybe, Paths: listOf(text) }),
  }),
  "organizations:ListParents": v.object({
    ...tokenPage,
    Parents: listOf(v.object({ Id: some, Type: v.picklist(["ROOT", "ORGANIZATIONAL_UNIT"]) })),
  }),
  "organizations:ListRoots": v.object({
    ...tokenPage,
    Roots: listOf(v.object({ Arn: v.optional(arn), PolicyTypes: v.array(v.object({ Type: some, Status: some })) })),
  }),
  "organizations:ListPoliciesForTarget": v.object({
    ...tokenPage,
    Policies: listOf(v.object({ Id: some, Arn: v.optional(arn), Name: v.optional(some) })),
  }),
  "organizations:DescribePolicy": v.object({ Policy: v.object({ Content: some }) }),
  "cloudtrail:LookupEvents": v.object({ ...tokenPage, Events: listOf(v.object({ CloudTrailEvent: some })) }),
} as const satisfies Record<ReadName, v.GenericSchema>;
