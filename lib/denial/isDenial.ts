import { denialNames } from "../facts/denials.js";

/** An SDK error that is a refusal for lack of rights. */
export interface DenialError extends Error {
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

/**
 * Recognises a refusal by its shape, never by its class, so that it holds for every copy of the SDK: by name, or a 403
 * without a type, which the SDK names `Unknown`. A proxy's HTML 403 arrives as a SyntaxError and is none.
 */
export function isDenial(error: unknown): error is DenialError {
  if (typeof error !== "object" || error === null) return false;
  try {
    const { name, message, $metadata: metadata } = error as Partial<DenialError>;
    if (typeof name !== "string" || typeof message !== "string") return false;
    if (denialNames.has(name)) return true;
    return name === "Unknown" && metadata?.httpStatusCode === 403;
  } catch {
    // A proxy that was revoked, a getter that throws: no error of the SDK.
    return false;
  }
}
