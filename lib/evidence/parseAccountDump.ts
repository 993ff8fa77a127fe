import { createScanner, getLocation, type JSONPath, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import * as v from "valibot";
import { parsePrincipalArn } from "../facts/arn.js";
import { formatIssue } from "../snapshot/formatIssue.js";
import { AccountFormatError } from "./AccountFormatError.js";
import type { AccountSource } from "./AccountSource.js";
import { accountEvidence } from "./accountEvidence.js";
import { type AccountPage, accountPageSchema, type PrincipalDetail } from "./accountPageSchema.js";

const lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;

/**
 * Reads a stored dump of GetAccountAuthorizationDetails: as the AWS CLI prints it, or the API's pages one after the other.
 *
 * @throws AccountFormatError where it is cut off, no such dump, or of several accounts
 * @see https://docs.aws.amazon.com/cli/latest/reference/iam/get-account-authorization-details.html
 */
export function parseAccountDump(text: string): AccountSource & { count: number } {
  const pages = pagesOf(text);
  const [first] = pages.flatMap((page) => [...page.UserDetailList, ...page.RoleDetailList]);
  const whose = parsePrincipalArn(first?.Arn ?? "");
  if (first === undefined || whose === null) {
    throw new AccountFormatError("the document: expected users or roles in it, found none");
  }
  refuseOthers(pages, first.Arn, whose.accountId);
  if (pages.at(-1)?.IsTruncated === true) {
    throw new AccountFormatError(
      `${placeIn(pages, pages.length - 1, "IsTruncated")}: says that more pages follow; expected all`,
    );
  }
  const principals = pages.flatMap((page): PrincipalDetail[][] => [page.UserDetailList, page.RoleDetailList]);
  return {
    partition: whose.partition,
    accountId: whose.accountId,
    snapshotOf: accountEvidence(pages),
    count: principals.reduce((sum, { length }) => sum + length, 0),
    // What was given is let go of, so that memory does not grow with what is made of it.
    *principals() {
      for (const list of principals) while (list.length > 0) yield list.splice(0, atATime);
    },
  };
}

const atATime = 100;

function pagesOf(text: string): AccountPage[] {
  const found = jsonValues(text.replace(/^\uFEFF/, ""));
  return found.map((value, at): AccountPage => {
    const isDump = typeof value === "object" && value !== null && lists.some((list) => list in value);
    if (!isDump) {
      throw new AccountFormatError(
        `${placeIn(found, at, "the document")}: expected ${lists.join(", ")}, as aws iam get-account-authorization-details prints them`,
      );
    }
    const parsed = v.safeParse(accountPageSchema, value, { abortEarly: true });
    if (parsed.success) return parsed.output;
    const { path, expected } = formatIssue(parsed.issues[0]);
    throw new AccountFormatError(`${placeIn(found, at, path)}: ${expected}`);
  });
}

function placeIn(pages: readonly unknown[], at: number, path: string): string {
  return pages.length > 1 ? `page ${at + 1}, ${path}` : path;
}

/** @throws AccountFormatError where one is of another account */
function refuseOthers(pages: readonly AccountPage[], first: string, accountId: string): void {
  for (const [at, { UserDetailList, RoleDetailList }] of pages.entries()) {
    for (const [list, items] of Object.entries({ UserDetailList, RoleDetailList })) {
      const odd = items.findIndex(({ Arn }) => parsePrincipalArn(Arn)?.accountId !== accountId);
      if (odd < 0) continue;
      throw new AccountFormatError(
        `${placeIn(pages, at, `${list}[${odd}].Arn`)}: expected account ${accountId}, as of ${first}, found ${items[odd]?.Arn}; give each account a file of its own`,
      );
    }
  }
}

/** The JSON documents that stand one after the other in a text. */
function jsonValues(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return pieces(text).map(({ start, end }) => valueAt(text, start, end));
  }
}

function pieces(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const scanner = createScanner(text, true);
  let depth = 0;
  let start = 0;
  for (let kind = scanner.scan(); kind !== endOfFile; kind = scanner.scan()) {
    if (depth === 0) start = scanner.getTokenOffset();
    if (opening.has(kind)) depth += 1;
    else if (closing.has(kind)) depth -= 1;
    if (depth <= 0) found.push({ start, end: scanner.getTokenOffset() + scanner.getTokenLength() });
  }
  if (depth > 0) {
    const piece = text.slice(start);
    const within = shownPath(getLocation(piece, piece.length).path);
    const page = found.length > 0 ? `page ${found.length + 1}, ` : "";
    throw new AccountFormatError(
      `${lineOf(text, text.length)}: cut off: the file ends within ${page}${within}; expected the rest of it, have it written again`,
    );
  }
  return found.length === 0 ? [{ start: 0, end: text.length }] : found;
}

/** jsonc-parser's kinds of tokens, whose enum is declared as a constant of its own types alone. */
const endOfFile = 17;
const opening: ReadonlySet<number> = new Set([1, 3]);
const closing: ReadonlySet<number> = new Set([2, 4]);

function valueAt(text: string, start: number, end: number): unknown {
  const piece = text.slice(start, end);
  try {
    return JSON.parse(piece);
  } catch {
    const errors: ParseError[] = [];
    parse(piece, errors, { disallowComments: true });
    const [{ offset, error } = { offset: 0, error: 1 }] = errors;
    throw new AccountFormatError(`${lineOf(text, start + offset)}: expected JSON (${printParseErrorCode(error)})`);
  }
}

function lineOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `line ${line}, column ${offset - before.lastIndexOf("\n")}`;
}

/** `RoleDetailList[3].RolePolicyList` */
function shownPath(path: JSONPath): string {
  const shown = path.map((part) => (typeof part === "number" ? `[${part}]` : part === "" ? "" : `.${part}`)).join("");
  return shown.replace(/^\./, "") || "the document";
}
