import type { NotKnown } from "../NotKnown.js";
import type { Deployer } from "./deployerOf.js";

/** What is taken for granted of a vault's call, each a sentence. */
export function assumedOf(
  { role, isRoleOfPlan, plannedAs, madeOf, ...deployer }: Deployer,
  vault: {
    region: string | NotKnown | null;
    isCloudControl: boolean;
    /** Local values that are taken to be the key. */
    taken: readonly string[];
    key: string;
  },
): string[] {
  const told: string[] = [];
  if (vault.isCloudControl)
    told.push("Cloud Control API makes the call on the caller's behalf, as its documentation tells.");
  if (vault.region === deployer.region) told.push(...takenAsIs("Region", deployer.region, madeOf.region));
  if (role === null && plannedAs === null && !vault.isCloudControl)
    told.push("A dynamic assume_role, which a plan leaves out, would make the call as another than who applies it.");
  if (isRoleOfPlan && typeof role === "string")
    told.push(`Its provider's role is taken to be the one that it called as when the plan was made: ${role}.`);
  if (!isRoleOfPlan) told.push(...takenAsIs("role", role, madeOf.role));
  for (const local of vault.taken) {
    const made = "what the plan changes is made of no other key (relevant_attributes)";
    told.push(`${local}, of which the plan does not say what it is, is taken to be ${vault.key}: ${made}.`);
  }
  return told;
}

/**
 * A plan says to which variable an expression refers, not what it makes of it: hardly a function makes one Region, or one
 * role's ARN, of another.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
function takenAsIs(what: string, value: string | NotKnown | null, variable: string | null): string[] {
  return typeof value === "string" && variable !== null
    ? [`The provider's ${what}, an expression of ${variable}, is taken to be ${variable} itself: ${value}.`]
    : [];
}
