import type { Snapshot } from "../../lib/snapshot/Snapshot.js";

/** Sessions have them; a user or root has where the context holds a key that only temporary credentials carry. */
export function hasTemporaryCredentials({ caller, context }: Snapshot): boolean {
  if (/:sts:|:role\//.test(caller.arn)) return true;
  const carried = ["aws:tokenissuetime", "aws:multifactorauthpresent", "aws:multifactorauthage"];
  return Object.entries(context).some(([key, value]) => value !== null && carried.includes(key.toLowerCase()));
}
