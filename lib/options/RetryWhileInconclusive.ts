/** How creation is tried again while a refusal cannot be explained. */
export interface RetryWhileInconclusive {
  /** Further tries; 5 by default. */
  retries?: number | undefined;
  /** Milliseconds before the first of them; it doubles with each. 1000 by default. */
  minTimeout?: number | undefined;
}
