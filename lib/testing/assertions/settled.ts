import type { Settled } from "./rejectionFailure.js";

/**
 * How the call ended.
 *
 * @throws TypeError where it is no promise
 */
export async function settled(call: unknown): Promise<Settled> {
  if (!isPromise(call)) {
    throw new TypeError("expected the promise of client.send(...) or createBackupVault(...), not what it gives");
  }
  try {
    await call;
    return { status: "fulfilled" };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
