import type { ParsedCondition } from "../policy/ParsedPolicy.js";
import type { Conditions } from "./Conditions.js";
import { added } from "./denyFields.js";
import type { Patient } from "./Patient.js";

/**
 * What a new Allow of an action goes on to demand: what the call meets of the Allow that there is, and the one Region where
 * that demands another one.
 */
export function keptDemands({ demands, inquiry }: Patient): (action: string) => Conditions {
  const { region } = inquiry.request;
  return (action) => {
    const demand = demands.find((one) => one.action === action);
    if (demand === undefined) return {};
    const kept = demand.met.reduce<Conditions>(
      (conditions, condition) => added(conditions, operatorText(condition), condition.key, [...condition.values]),
      {},
    );
    const isOtherRegion = demand.missing.some(({ key }) => key.toLowerCase() === "aws:requestedregion");
    return isOtherRegion ? added(kept, "StringEquals", "aws:RequestedRegion", [region]) : kept;
  };
}

function operatorText({ operator, set, ifExists }: ParsedCondition): string {
  return `${set === null ? "" : `${set}:`}${operator}${ifExists ? "IfExists" : ""}`;
}
