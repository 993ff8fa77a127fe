import { leastPoliciesFor } from "../leastPoliciesFor.js";
import { policiesAs } from "../policiesAs.js";
import type { Tool } from "./Tool.js";

/** `least_policy`: as `policy`, from what is given alone. */
export const leastPolicyTool: Tool = {
  name: "least_policy",
  title: "The least policies for a backup vault",
  description:
    "The least IAM policy that lets a principal create a backup vault, the statement that its KMS key's policy needs, and the least policy for reading the evidence of check_access. Words in capitals (ACCOUNT_ID, REGION, ROLE_NAME) are to be filled in. Nothing is asked of AWS.",
  arguments: {
    vault: { description: "The vault's name; left out: any." },
    key: { description: "The ARN of the KMS key, no alias; left out: any key of the account and Region." },
    account: { description: "The account's id, 12 digits; left out: the principal's or the key's." },
    region: { description: "The Region, as eu-west-1; left out: the key's or the environment's." },
    principal: { description: "The ARN of the IAM user or role that creates the vault." },
  },
  isLive: false,
  answer: async ({ vault = "*", ...given }, { io, flags }) => {
    const region = given.region ?? flags.region;
    const policies = leastPoliciesFor({ vault, ...given, ...(region !== undefined && { region }) }, io.env);
    return { text: policiesAs(policies, null, null), parts: { ...policies } };
  },
};
