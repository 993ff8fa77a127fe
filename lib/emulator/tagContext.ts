import type { CallContext } from "./authorization/callContext.js";
import type { Call } from "./Call.js";
import { isObject, tagsOf, textMapOf, textsOf } from "./input.js";

/** The condition keys of tags in a request: aws:RequestTag/KEY and aws:TagKeys; none where there are no tags. */
export function tagContext(tags: Readonly<Record<string, string>>): CallContext {
  const keys = Object.keys(tags);
  if (keys.length === 0) return {};
  return {
    ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, tags[key] ?? ""])),
    "aws:TagKeys": keys,
  };
}

/** Those of a call: of the tags that it brings, or of the keys that it takes away. */
export function requestTagContext({ operation, input }: Pick<Call, "operation" | "input">): CallContext {
  if (operation.startsWith("Untag")) {
    const keys = textsOf(input, "TagKeys") ?? textsOf(input, "TagKeyList") ?? [];
    return keys.length === 0 ? {} : { "aws:TagKeys": keys };
  }
  return tagContext(isObject(input.Tags) ? textMapOf(input, "Tags") : tagsOf(input));
}
