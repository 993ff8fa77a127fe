import type { Answer } from "../aws/Answer.js";
import type { AwsReader } from "../aws/awsReader.js";
import type { DiagnosticClients } from "../aws/diagnosticClients.js";

/** What every collector needs: whom to ask, and how. */
export interface Reading {
  clients: DiagnosticClients;
  reader: AwsReader;
}

/**
 * All pages of a listing, in order; a page that fails makes the whole listing fail, for half a list proves nothing.
 *
 * @param markerOf the next page's marker; undefined after the last page, null where more was promised without a marker
 */
export async function allPages<P, T>(
  ask: (marker: string | undefined) => Promise<Answer<P>>,
  itemsOf: (page: P) => T[] | undefined,
  markerOf: (page: P) => string | undefined | null,
): Promise<Answer<T[]>> {
  const items: T[] = [];
  const seen = new Set<string>();
  let marker: string | undefined;
  do {
    const page = await ask(marker);
    if (!page.ok) return page;
    const listed = itemsOf(page.value);
    const next = markerOf(page.value);
    // An empty list is sent as one; none at all is an answer that broke off, from which nothing follows.
    if (listed === undefined && next === undefined) {
      return { ok: false, name: "MalformedResponse", message: "the answer held no list", why: "failed" };
    }
    items.push(...(listed ?? []));
    if (next === null) {
      return {
        ok: false,
        name: "MalformedResponse",
        message: "more pages were promised, without a marker",
        why: "failed",
      };
    }
    marker = next;
    // A marker that comes twice would never end.
    if (marker !== undefined && seen.has(marker)) {
      return { ok: false, name: "MalformedResponse", message: "the same page marker came twice", why: "failed" };
    }
    if (marker !== undefined) seen.add(marker);
  } while (marker !== undefined);
  return { ok: true, value: items };
}
