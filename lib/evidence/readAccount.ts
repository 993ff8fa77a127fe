import { reasonOf } from "../aws/Answer.js";
import type { AccountPage } from "./accountPageSchema.js";
import type { Reading } from "./Reading.js";
import { readAnswer } from "./readAnswer.js";

/** So many items a page: some hundred kB, and fewer calls than by IAM's own default of 100. */
const pageSize = 300;

const name = "iam:GetAccountAuthorizationDetails";

/** What is asked for: what principals share, or the principals themselves. */
export type AccountPart = "shared" | "principals";

const filters: Readonly<Record<AccountPart, readonly string[]>> = {
  shared: ["Group", "LocalManagedPolicy", "AWSManagedPolicy"],
  principals: ["User", "Role"],
};

/**
 * Streams a part of the reader's account, page by page, as GetAccountAuthorizationDetails answers it.
 *
 * @throws an error named as AWS named it, where a page could not be read; those before it have been given
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function* readAccount(reading: Reading, part: AccountPart): AsyncGenerator<AccountPage> {
  const seen = new Set<string>();
  let Marker: string | undefined;
  do {
    const input = { Filter: filters[part], MaxItems: pageSize, ...(Marker !== undefined && { Marker }) };
    const answer = await readAnswer(reading, name, input, ({ IsTruncated, Marker: next }) => {
      if (IsTruncated !== true) return null;
      if (next == null) return "more pages were promised, without Marker";
      return seen.has(next) ? "Marker does not lead to a last page" : null;
    });
    if (!answer.ok) throw Object.assign(new Error(`${name}: ${reasonOf(answer)}`), { name: answer.name });
    yield answer.value;
    Marker = answer.value.IsTruncated === true ? (answer.value.Marker ?? undefined) : undefined;
    if (Marker !== undefined) seen.add(Marker);
  } while (Marker !== undefined);
}
