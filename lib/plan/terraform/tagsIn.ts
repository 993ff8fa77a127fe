import { fieldOf } from "../fieldOf.js";
import { isNotKnown } from "../NotKnown.js";
import type { Deployer } from "./deployerOf.js";

/**
 * The tags that a resource will have. Of one without any, the provider aws leaves `tags_all` to the apply; where the provider
 * gives none of its own, they are those that are written.
 *
 * @param all what the provider calls all of them
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging
 */
export function tagsIn(values: unknown, all: string, { givesTags }: Pick<Deployer, "givesTags">): unknown {
  const [every, written] = [fieldOf(values, all), fieldOf(values, "tags")];
  return every === undefined || (all === "tags_all" && isNotKnown(every) && !givesTags) ? written : every;
}
