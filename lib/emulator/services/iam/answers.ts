import type { Output } from "../../Call.js";
import { holderId } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import { servedText } from "../../servedText.js";
import type { WorldDocument, WorldGroup, WorldPrincipal, WorldRole, WorldUser } from "../../World.js";
import type { Held } from "./holders.js";
import { urlEncoded } from "./urlEncoded.js";

/** When everything in a world was made, as far as anybody asks. */
export const createDate = new Date("2026-01-01T00:00:00Z");

/** @throws ServiceError where the world refuses the document to readers */
export function readableText(document: WorldDocument): string {
  const text = servedText(document);
  if (text !== null) return text;
  throw new ServiceError("AccessDenied", "The emulator's world refuses this document to readers.", 403);
}

export function shownRole({ holder, arn }: Pick<Held<WorldRole>, "holder" | "arn">): Output {
  const trust = servedText(holder.trustPolicy ?? { Version: "2012-10-17", Statement: [] }) ?? "";
  return {
    Path: holder.path ?? "/",
    RoleName: holder.name,
    RoleId: holderId("AROA", arn, holder),
    Arn: arn,
    CreateDate: createDate,
    AssumeRolePolicyDocument: urlEncoded(trust),
    Description: holder.description,
    MaxSessionDuration: holder.maxSessionDuration ?? 3600,
    PermissionsBoundary: shownBoundary(holder),
    Tags: shownTags(holder.tags),
  };
}

export function shownUser({ holder, arn }: Pick<Held<WorldUser>, "holder" | "arn">): Output {
  return {
    Path: holder.path ?? "/",
    UserName: holder.name,
    UserId: holderId("AIDA", arn, holder),
    Arn: arn,
    CreateDate: createDate,
    PermissionsBoundary: shownBoundary(holder),
    Tags: shownTags(holder.tags),
  };
}

export function shownGroup({ holder, arn }: Pick<Held<WorldGroup>, "holder" | "arn">): Output {
  return {
    Path: holder.path ?? "/",
    GroupName: holder.name,
    GroupId: holderId("AGPA", arn, holder),
    Arn: arn,
    CreateDate: createDate,
  };
}

/**
 * A role as its creation answers it: what can be changed by itself is not told.
 *
 * @see aws-behaviour, iam-answers
 */
export function created(shown: Output): Output {
  return { ...shown, Description: undefined, MaxSessionDuration: undefined };
}

/**
 * A user or role as a list has it: without boundary and tags.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
 */
export function listed(shown: Output): Output {
  return { ...shown, PermissionsBoundary: undefined, Tags: undefined };
}

function shownBoundary({ permissionsBoundary }: WorldPrincipal): Output | undefined {
  if (permissionsBoundary === undefined) return undefined;
  return { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: permissionsBoundary };
}

/** Left out where there are none. */
export function shownTags(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] | undefined {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? undefined : list;
}
