import { setMaxListeners } from "node:events";

/**
 * A signal that aborts with the given one and takes any number of listeners: each call in flight adds its own, and Node.js
 * would warn of a leak from the eleventh on.
 */
export function wideSignal(signal: AbortSignal): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return { signal: controller.signal, release: () => signal.removeEventListener("abort", abort) };
}
