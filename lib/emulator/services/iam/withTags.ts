import { tagLimits } from "../../../facts/tagLimits.js";
import { ServiceError } from "../../ServiceError.js";

type Tags = Readonly<Record<string, string>>;

/**
 * Tags to which others are added; those of the same key are overwritten.
 *
 * @throws ServiceError LimitExceeded
 * @see aws-behaviour, iam-tags
 */
export function withTags(tags: Tags, added: Tags): Record<string, string> {
  const all = { ...tags, ...added };
  if (Object.keys(all).length <= tagLimits.most) return all;
  throw new ServiceError("LimitExceeded", "The number of tags has reached the maximum limit.", 409);
}
