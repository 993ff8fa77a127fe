import { isSeenDenial } from "../denial/isSeenDenial.js";
import { readDenial } from "../denial/readDenial.js";
import type { Denial } from "../snapshot/Snapshot.js";

/**
 * A denial from what people have of it: `{ "name", "message" }` as JSON, the line that the AWS CLI or an SDK prints, or the
 * bare message. A text that does not say that it is a refusal is named Unknown.
 */
export function denialFrom(text: string): Denial {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && "message" in parsed && typeof parsed.message === "string") {
      const name = "name" in parsed && typeof parsed.name === "string" ? parsed.name : nameOf(parsed.message);
      const requestId = "requestId" in parsed && typeof parsed.requestId === "string" ? parsed.requestId : undefined;
      return { name, message: parsed.message, ...(requestId !== undefined && { requestId }) };
    }
  } catch {
    // Not JSON: a printed message.
  }
  const printed = /An error occurred \((\w+)\) when calling the \w+ operation(?: \([^)]*\))?: ?([\s\S]*)/.exec(text);
  if (printed !== null) return { name: printed[1] ?? "AccessDeniedException", message: (printed[2] ?? "").trim() };
  const named =
    /\b(AccessDenied(?:Exception)?|UnauthorizedOperation|NotAuthorized): ?([\s\S]*)/.exec(text) ??
    // Another error, which the caller refuses: it must not pass for the text of a refusal.
    /^\s*(?:Error: )?(\w+Exception|ExpiredToken|OptInRequired): ?([\s\S]*)/.exec(text);
  if (named !== null) return { name: named[1] ?? "AccessDeniedException", message: (named[2] ?? "").trim() };
  return { name: nameOf(text), message: text.trim() };
}

/** A bare message is AWS's refusal where it reads as one. */
function nameOf(message: string): string {
  const denial = { name: "AccessDeniedException", message };
  const isRefusal = message.trim() !== "" && readDenial(denial).kind !== "other";
  return isRefusal || isSeenDenial({ name: "Unknown", message }) ? denial.name : "Unknown";
}
