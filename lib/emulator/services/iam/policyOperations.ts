import { lastSegment } from "../../../facts/arn.js";
import { policyCounts } from "../../../facts/policyCounts.js";
import { iamSizes } from "../../../facts/policySizes.js";
import { arnOf } from "../../arnOf.js";
import type { Call, Operation, Output } from "../../Call.js";
import { requiredText } from "../../input.js";
import { page } from "../../page.js";
import { byName, managedPolicy } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import { servedText } from "../../servedText.js";
import type { WorldPolicyHolder } from "../../World.js";
import { readableText } from "./answers.js";
import { type Finder, type Held, type HolderKind, missing, onHolder } from "./holders.js";
import { isPolicyArn } from "./isPolicyArn.js";
import { inlineDocument, policySize } from "./policyDocument.js";
import { urlEncoded } from "./urlEncoded.js";

/** Characters of all inline policies together. */
const longest: Record<HolderKind, number> = {
  User: iamSizes.user.most,
  Role: iamSizes.role.most,
  Group: iamSizes.group.most,
};

/** What IAM does alike with the inline and attached policies of roles, users and groups. */
export function policyOperations(kind: HolderKind, find: Finder): Record<string, Operation> {
  const withPolicy = ({ input }: Call) => ({ context: { "iam:PolicyARN": requiredText(input, "PolicyArn") } });
  return {
    [`List${kind}Policies`]: onHolder(find, inlineNames),
    [`Get${kind}Policy`]: onHolder(find, getInline),
    [`Put${kind}Policy`]: onHolder(find, putInline),
    [`Delete${kind}Policy`]: onHolder(find, deleteInline),
    [`ListAttached${kind}Policies`]: onHolder(find, attached),
    [`Attach${kind}Policy`]: onHolder(find, attach, withPolicy),
    [`Detach${kind}Policy`]: onHolder(find, detach, withPolicy),
  };
}

function inlineNames(call: Call, { holder }: Held): Output {
  const names = holder.inlinePolicies.map(({ name }) => name);
  const { items, ...rest } = page(call, names);
  return { PolicyNames: items, ...rest };
}

function getInline({ input }: Call, { kind, holder }: Held): Output {
  const name = requiredText(input, "PolicyName");
  const policy = byName(holder.inlinePolicies, name);
  if (policy === undefined) throw missing(`${kind.toLowerCase()} policy`, name);
  return {
    [`${kind}Name`]: holder.name,
    PolicyName: name,
    PolicyDocument: urlEncoded(readableText(policy.document)),
  };
}

function putInline(call: Call, { kind, holder }: Held): undefined {
  const name = requiredText(call.input, "PolicyName");
  const document = inlineDocument(call, "PolicyDocument");
  // Letter case is no difference in names; the first spelling stays (aws-behaviour, iam-inline-names).
  const before = byName(holder.inlinePolicies, name);
  const policies = [...holder.inlinePolicies.filter((one) => one !== before), { name: before?.name ?? name, document }];
  const size = policies.reduce((sum, one) => sum + policySize(servedText(one.document) ?? ""), 0);
  if (size > longest[kind]) {
    throw new ServiceError(
      "LimitExceeded",
      `Maximum policy size of ${longest[kind]} bytes exceeded for ${kind.toLowerCase()} ${holder.name}`,
      409,
    );
  }
  holder.inlinePolicies = policies;
}

function deleteInline({ input }: Call, { kind, holder }: Held): undefined {
  const name = requiredText(input, "PolicyName");
  const policy = byName(holder.inlinePolicies, name);
  if (policy === undefined) throw missing(`${kind.toLowerCase()} policy`, name);
  holder.inlinePolicies = holder.inlinePolicies.filter((one) => one !== policy);
}

function attached(call: Call, { holder }: Held): Output {
  const { items, ...rest } = page(call, holder.attachedPolicies);
  return {
    AttachedPolicies: items.map((arn) => ({ PolicyName: lastSegment(arn), PolicyArn: arn })),
    ...rest,
  };
}

function attach({ state, session, input }: Call, { kind, holder }: Held<WorldPolicyHolder>): undefined {
  const arn = requiredText(input, "PolicyArn");
  if (!isPolicyArn(arn)) throw new ServiceError("ValidationError", `ARN ${arn} is not valid.`);
  const owner = arnOf(arn).accountId;
  if (managedPolicy(state.world, arn) === null || (owner !== "aws" && owner !== session.accountId)) {
    throw new ServiceError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
  }
  if (holder.attachedPolicies.includes(arn)) return;
  if (holder.attachedPolicies.length >= policyCounts.managed) {
    throw new ServiceError("LimitExceeded", `Cannot exceed quota for PoliciesPer${kind}: ${policyCounts.managed}`, 409);
  }
  holder.attachedPolicies.push(arn);
}

function detach({ input }: Call, { holder }: Held): undefined {
  const arn = requiredText(input, "PolicyArn");
  const index = holder.attachedPolicies.indexOf(arn);
  if (index < 0) throw new ServiceError("NoSuchEntity", `Policy ${arn} was not found.`, 404);
  holder.attachedPolicies.splice(index, 1);
}
