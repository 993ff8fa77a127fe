import type { Call, Operation } from "../../Call.js";
import { requiredText, tagsOf, textsOf } from "../../input.js";
import { tokenPage } from "../../limitedPage.js";
import { ServiceError } from "../../ServiceError.js";
import { administered } from "./administered.js";

/** A root, organizational unit, account or policy of an organization that the caller administers. */
function tagged(call: Call): { tags?: Record<string, string> | undefined } {
  const id = requiredText(call.input, "ResourceId", "InvalidInputException");
  for (const { targets, policies } of administered(call)) {
    const found = targets.find((one) => one.id === id) ?? policies.find((one) => one.id === id);
    if (found !== undefined) return found;
  }
  throw new ServiceError("TargetNotFoundException", "You specified a target that doesn't exist.");
}

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_TagResource.html */
export const tagOperations: Record<string, Operation> = {
  TagResource: (call) => {
    const resource = tagged(call);
    resource.tags = { ...resource.tags, ...tagsOf(call.input) };
    return {};
  },
  UntagResource: (call) => {
    const resource = tagged(call);
    const keys = textsOf(call.input, "TagKeys") ?? [];
    resource.tags = Object.fromEntries(Object.entries(resource.tags ?? {}).filter(([key]) => !keys.includes(key)));
    return {};
  },
  ListTagsForResource: (call) => {
    const { items, ...rest } = tokenPage(call, Object.entries(tagged(call).tags ?? {}), 20);
    return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...rest };
  },
};
