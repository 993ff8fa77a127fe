/** What came of one call: an answer, or why there is none. */
export type Answer<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      /** The error's name, as AccessDenied. */
      name: string;
      message: string;
      /** Refused for lack of rights, failed otherwise, or not asked because time had run out. */
      why: "refused" | "failed" | "skipped";
    };

/** The reason that evidence carries: error name and message. */
export function reasonOf({ name, message }: { name: string; message: string }): string {
  return [name, message].filter((part) => part !== "").join(": ");
}
