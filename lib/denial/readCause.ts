import { begunArn, organizationsPolicy } from "../facts/denials.js";
import type { MessagePolicyType } from "./DenialReading.js";
import { isCutOff } from "./isCutOff.js";
import { lastValueAt } from "./lastValueAt.js";
import { policyTypeOf } from "./policyTypeOf.js";
import { gaps, type Squeezed } from "./squeeze.js";

interface Cause {
  policyType: MessagePolicyType | null;
  effect: "explicitDeny" | "implicitDeny" | null;
  policy: string | null;
  to: number;
}

/** Why a message says that the action was refused, from where it begins to say so. */
export function readCause(squeezed: Squeezed, from: number, limit: number): Cause | null {
  const tail = squeezed.text.slice(from, limit);
  const explicit =
    /^withanexplicitdeny(?:in(?:an?|the)?([a-z-]{0,60}?(?:policy|boundary)))?(?:transitivelythrough(?:an?|the)?([a-z-]{0,60}?(?:policy|boundary)))?/i.exec(
      tail,
    );
  if (explicit !== null) {
    const [found, type, through] = explicit;
    const policy = denyingPolicy(squeezed, from + found.length, limit);
    return { policyType: policyTypeOf(through ?? type), effect: "explicitDeny", ...policy };
  }
  const implicit = /^because(?:no|the)([a-z-]{0,60}?(?:policy|boundary))allows?(?:the)?/i.exec(tail);
  if (implicit === null) return null;
  return { policyType: policyTypeOf(implicit[1]), effect: "implicitDeny", policy: null, to: from + implicit[0].length };
}

/** ": ARN", ", with policy ARN: ARN", or an inline policy's name. */
function denyingPolicy(squeezed: Squeezed, from: number, limit: number): { policy: string | null; to: number } {
  const none = { policy: null, to: from };
  const lead = /^(?::|,?withpolicyARN:)/i.exec(squeezed.text.slice(from, limit))?.[0];
  if (lead === undefined) return none;
  const begin = from + lead.length;
  const isArn = /^arn:/i.test(squeezed.text.slice(begin, begin + 4));
  // A field that a tool puts behind AWS's words is no name.
  const isField = /^\w{1,40}=/.test(squeezed.text.slice(begin, begin + 41));
  if (!isArn && (isField || (squeezed.gaps[begin] ?? gaps.none) > gaps.blank)) return none;
  const value = lastValueAt(squeezed, begin, limit);
  // The id of one of Organizations has no stop in it.
  const policy = organizationsPolicy.test(value) ? value.replace(/[^\w/-][^/]*$/, "") : value.replace(/[.,:]+$/, "");
  return policy === "" || begunArn.test(policy) || isCutOff(squeezed, begin + value.length)
    ? none
    : { policy, to: begin + policy.length };
}
