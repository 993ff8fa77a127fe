import type { Denial } from "../snapshot/Snapshot.js";
import type { DenialError } from "./isDenial.js";

/** The refusal as a snapshot holds it. A 403 without a type says so in its text, since the status is not kept. */
export function denialOf(error: DenialError): Denial {
  const { name, message, $metadata: metadata } = error;
  const isUntyped = name === "Unknown" && metadata?.httpStatusCode === 403 && !/\b403\b/.test(message);
  return {
    name,
    message: isUntyped ? `${message} (403)` : message,
    ...(metadata?.requestId !== undefined && { requestId: metadata.requestId }),
  };
}
