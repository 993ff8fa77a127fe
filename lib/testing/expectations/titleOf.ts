import { parseArn } from "../../facts/arn.js";
import { printable } from "../../report/printable.js";
import type { VaultAccessExpectation } from "./VaultAccessExpectation.js";

/** The name of an expectation, or a sentence of what it says, as "role/Deployer may create prod-vault". */
export function titleOf({ name, principal, vault, key, region, expect }: VaultAccessExpectation): string {
  if (name !== undefined) return printable(name);
  const who = principal === undefined ? "the caller" : resourceOf(principal);
  const what = `${vault}${key === undefined ? "" : ` with ${resourceOf(key)}`}${region === undefined ? "" : ` in ${region}`}`;
  if (expect === "allowed") return printable(`${who} may create ${what}`);
  const { blockedBy, statement, policy, target } = expect;
  const traits = [statement, policy, target].filter((trait) => trait !== undefined);
  const by = traits.length === 0 ? blockedBy : `${blockedBy} (${traits.join(", ")})`;
  return printable(`${who} may not create ${what}: ${by}`);
}

function resourceOf(arn: string): string {
  return parseArn(arn)?.resource ?? arn;
}
