import type { Answer } from "../aws/Answer.js";
import { type ReadName, reads } from "../facts/reads.js";
import type { Reading } from "./Reading.js";
import { type AnswerTo, readAnswer } from "./readAnswer.js";

/** The reads that answer page by page. */
export type ListingName = {
  [Name in ReadName]: (typeof reads)[Name] extends { pages: object } ? Name : never;
}[ReadName];

type ItemsMember<Name extends ListingName> = (typeof reads)[Name]["pages"]["items"];

/** One item of a listing. */
export type ItemOf<Name extends ListingName> =
  NonNullable<AnswerTo<Name>[ItemsMember<Name> & keyof AnswerTo<Name>]> extends (infer Item)[] ? Item : never;

/** AWS's own limits are far lower; what goes on beyond is no list that ends. */
const mostPages = 1000;

/** All pages of a listing, in order; a page that fails makes the whole listing fail, for half a list proves nothing. */
export async function readList<Name extends ListingName>(
  reading: Reading,
  name: Name,
  input: object,
): Promise<Answer<ItemOf<Name>[]>> {
  const { items: itemsMember, marker: markerMember, next: nextMember, ...rest } = reads[name].pages;
  const items: ItemOf<Name>[] = [];
  const seen = new Set<string>();
  const pageOf = (answer: Readonly<Record<string, unknown>>) => {
    const isLast = "more" in rest && answer[rest.more] !== true;
    return {
      listed: answer[itemsMember] as ItemOf<Name>[] | undefined,
      next: isLast ? undefined : (answer[nextMember] as string | undefined),
      isMorePromised: "more" in rest && !isLast,
    };
  };
  const wrongWith = (answer: Readonly<Record<string, unknown>>) => {
    const { listed, next, isMorePromised } = pageOf(answer);
    if (isMorePromised && next === undefined) return `more pages were promised, without ${nextMember}`;
    // An empty list is sent as one; none at all is an answer that broke off, from which nothing follows.
    if (listed === undefined && next === undefined) return `${itemsMember} is missing`;
    // A marker that comes twice would never end.
    const isEndless = next !== undefined && (seen.has(next) || seen.size >= mostPages);
    return isEndless ? `${nextMember} does not lead to a last page` : null;
  };

  let marker: string | undefined;
  do {
    const paged = marker === undefined ? input : { ...input, [markerMember]: marker };
    const page = await readAnswer(reading, name, paged, wrongWith);
    if (!page.ok) return page;
    const { listed = [], next } = pageOf(page.value);
    for (const item of listed) items.push(item);
    if (next !== undefined) seen.add(next);
    marker = next;
  } while (marker !== undefined);
  return { ok: true, value: items };
}
