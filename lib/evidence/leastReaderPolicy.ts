import { anyKeyArn } from "../facts/arn.js";
import { type ReadFact, type ReadScope, reads } from "../facts/reads.js";

/** Whose evidence is to be read. */
export interface ReaderPlace {
  partition: string;
  accountId: string;
  /** Left out: every key of the account. */
  keyArn?: string | null;
}

/** The least policy that lets somebody read all the evidence. */
export function leastReaderPolicy({ partition, accountId, keyArn }: ReaderPlace): object {
  const resources: Readonly<Record<ReadScope, string>> = {
    principals: `arn:${partition}:iam::${accountId}:*`,
    policies: `arn:${partition}:iam::*:policy/*`,
    key: keyArn ?? anyKeyArn({ partition, region: "*", accountId }),
    anything: "*",
  };
  const byResource = new Map<string, string[]>();
  for (const [action, { scope, isFree, onDemand }] of Object.entries<ReadFact>(reads)) {
    if (isFree === true || onDemand === true) continue;
    const on = resources[scope];
    byResource.set(on, [...(byResource.get(on) ?? []), action]);
  }
  return {
    Version: "2012-10-17",
    Statement: [...byResource].map(([resource, actions]) => ({ Effect: "Allow", Action: actions, Resource: resource })),
  };
}
