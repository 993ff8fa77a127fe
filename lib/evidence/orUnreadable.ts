import type { Evidence } from "../snapshot/Evidence.js";

/** Evidence that is being read: a fault of our own in reading it costs this evidence and nothing else. */
export async function orUnreadable<T>(reading: Promise<Evidence<T>>): Promise<Evidence<T>> {
  try {
    return await reading;
  } catch (error) {
    return { status: "unreadable", reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
