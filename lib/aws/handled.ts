/**
 * The same promise, whose rejection is never unhandled: for one that is awaited only later, or perhaps never. Node.js ends
 * the process for a rejection that nobody listens to when it happens.
 */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
