/** What came of one call: an answer, or why there is none. */
export type Answer<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      /** The error's name, as AccessDenied. */
      name: string;
      message: string;
      /**
       * Refused for lack of rights; absent where the error is the answer, as that there is no such key; skipped because
       * time had run out; failed otherwise.
       */
      why: "refused" | "absent" | "failed" | "skipped";
    };

/** The reason that evidence carries: error name and message. */
export function reasonOf({ name, message }: { name: string; message: string }): string {
  return [name, message].filter((part) => part !== "").join(": ");
}

/** The failure of an answer that is not as AWS documents it. */
export function malformed(message: string): Extract<Answer<never>, { ok: false }> {
  return { ok: false, name: "MalformedResponse", message, why: "failed" };
}
