import { policyTypeOf } from "./policyTypeOf.js";
import { gaps, type Squeezed } from "./squeeze.js";
import type { Words } from "./Words.js";

/** What AWS's console says is shorter. */
const longest = 1_500;
const longestUser = 400;
const most = 500;

const head = /^User:\[?([^\s[\]]{1,300}?)\]?(?:Service:\[?([\w-]{1,40})\]?)?$/;
const tail =
  /^Action:\[?(?:([\w-]{1,40}):)?([A-Za-z]{1,80}?)\]?(?:Onresource\(s\):\[?([^\s[\]]{1,800}?)\]?)?Context:\[?(no|an?|the)([a-z-]{1,60}?(?:policy|boundary))(?:allows?|explicitlyden(?:y|ies))(?:the)?(?:[\w-]{1,40}:[A-Za-z]{1,80}?)?(?:action)?/di;

/**
 * Refusals as AWS's console words them, which are there to be copied: "User: ... Action: ... On resource(s): ... Context: no
 * identity-based policy allows the action", also where the lines ran into each other.
 *
 * @see https://cloudscape.design/patterns/general/errors/error-messages/
 */
export function consoleWords(squeezed: Squeezed): Words[] {
  const { text } = squeezed;
  const found: Words[] = [];
  for (let at = text.indexOf("Action:"); at >= 0 && found.length < most; at = text.indexOf("Action:", at + 1)) {
    const near = text.slice(Math.max(0, at - longestUser), at);
    const before = head.exec(near.slice(Math.max(0, near.lastIndexOf("User:"))));
    const after = before === null ? null : tail.exec(text.slice(at, at + longest));
    if (before === null || after === null) continue;
    const [whole, user = "", named] = before;
    const [, asked, verb, resource, none, type] = after;
    const from = at - whole.length;
    const service = asked ?? named;
    const isWhole = (place: readonly [number, number] | undefined) =>
      place === undefined || isInOne(squeezed, at + place[0], at + place[1]);
    if (service === undefined || !isWhole(after.indices?.[2])) continue;
    const begin = from + whole.indexOf(user, "User:".length);
    found.push({
      from,
      to: at + after[0].length,
      nameVaultCreation: false,
      reading: {
        kind: "action",
        user: isInOne(squeezed, begin, begin + user.length) ? user : null,
        action: `${service}:${verb}`,
        // Of several none is known to be the one.
        resource: resource === undefined || resource.includes(",") || !isWhole(after.indices?.[3]) ? null : resource,
        policyType: policyTypeOf(type),
        effect: none?.toLowerCase() === "no" ? "implicitDeny" : "explicitDeny",
        policy: null,
        authorizationId: null,
        ambiguous: false,
      },
    });
  }
  return found;
}

/** Whether a value stands in one: what a log put within it is no part of it. */
function isInOne({ gaps: before }: Squeezed, from: number, to: number): boolean {
  return before.subarray(from + 1, to).every((gap) => gap === gaps.none || gap === gaps.wrap);
}
