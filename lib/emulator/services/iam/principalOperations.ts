import type { Call, Operation, Output } from "../../Call.js";
import { requiredText, tagsOf, textsOf } from "../../input.js";
import { page } from "../../page.js";
import { managedPolicy } from "../../principals.js";
import { ServiceError } from "../../ServiceError.js";
import { requestTagContext } from "../../tagContext.js";
import type { World, WorldPrincipal } from "../../World.js";
import { type Finder, type Held, onHolder } from "./holders.js";
import { isPolicyArn } from "./isPolicyArn.js";
import { withTags } from "./withTags.js";

/** What IAM does alike with the boundary and tags of roles and users. */
export function principalOperations(kind: "Role" | "User", find: Finder<WorldPrincipal>): Record<string, Operation> {
  return {
    [`Put${kind}PermissionsBoundary`]: onHolder(find, putBoundary, ({ input }) => ({
      context: { "iam:PermissionsBoundary": requiredText(input, "PermissionsBoundary") },
    })),
    [`Delete${kind}PermissionsBoundary`]: onHolder(find, deleteBoundary),
    [`List${kind}Tags`]: onHolder(find, listTags),
    [`Tag${kind}`]: onHolder(find, tag, (call) => ({ context: requestTagContext(call) })),
    [`Untag${kind}`]: onHolder(find, untag, (call) => ({ context: requestTagContext(call) })),
  };
}

function putBoundary({ state, input }: Call, { holder }: Held<WorldPrincipal>): undefined {
  holder.permissionsBoundary = boundaryArn(state.world, requiredText(input, "PermissionsBoundary"));
}

/** @throws ServiceError InvalidInput, NoSuchEntity where the world has no such policy */
export function boundaryArn(world: World, arn: string): string {
  if (!isPolicyArn(arn)) throw new ServiceError("InvalidInput", `ARN ${arn} is not valid.`);
  if (managedPolicy(world, arn) !== null) return arn;
  throw new ServiceError("NoSuchEntity", `Scope ARN: ${arn} does not exist or is not attachable.`, 404);
}

function deleteBoundary(_: Call, { holder }: Held<WorldPrincipal>): undefined {
  if (holder.permissionsBoundary === undefined) {
    throw new ServiceError("NoSuchEntity", `${holder.name} does not have a permissions boundary.`, 404);
  }
  delete holder.permissionsBoundary;
}

function listTags(call: Call, { holder }: Held<WorldPrincipal>): Output {
  const { items, ...rest } = page(call, Object.entries(holder.tags));
  return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...rest };
}

function tag({ input }: Call, { holder }: Held<WorldPrincipal>): undefined {
  holder.tags = withTags(holder.tags, tagsOf(input));
}

function untag({ input }: Call, { holder }: Held<WorldPrincipal>): undefined {
  const keys = textsOf(input, "TagKeys") ?? [];
  holder.tags = Object.fromEntries(Object.entries(holder.tags).filter(([key]) => !keys.includes(key)));
}
