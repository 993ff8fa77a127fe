import type { CallContext } from "./authorization/callContext.js";

/** The condition keys of tags in a request: aws:RequestTag/KEY and aws:TagKeys; none where there are no tags. */
export function tagContext(tags: Readonly<Record<string, string>>): CallContext {
  const keys = Object.keys(tags);
  if (keys.length === 0) return {};
  return {
    ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, tags[key] ?? ""])),
    "aws:TagKeys": keys,
  };
}
