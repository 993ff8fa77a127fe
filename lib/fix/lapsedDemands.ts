import { inWords } from "../diagnosis/phrases.js";
import type { Patient } from "./Patient.js";

/** Whom a new Allow names, and that AWS Backup makes the call, it demands by itself. */
const demandedAnew = /^(aws:principalarn|kms:(viaservice|grantisforawsresource))$/i;

/** What an Allow of the same actions that is there demands, and a new one no longer does, as `widens` tells it. */
export function lapsedDemands({ demands, inquiry }: Patient): string[] {
  const byDemand = new Map<string, string[]>();
  for (const { action, by, missing } of demands) {
    const keys = [...new Set(missing.map(({ key }) => key).filter((key) => !demandedAnew.test(key)))];
    if (keys.length === 0) continue;
    const demand = `without what ${by} demands of ${inWords(keys)}`;
    byDemand.set(demand, [...(byDemand.get(demand) ?? []), action]);
  }
  return [...byDemand].map(([demand, actions]) => `${inquiry.caller.told}: ${inWords(actions)} ${demand}`);
}
