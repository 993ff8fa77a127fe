import type { Operation } from "../../Call.js";
import { accountOperations } from "./accountOperations.js";
import { organizationPolicies } from "./policyOperations.js";
import { tagOperations } from "./tagOperations.js";
import { treeOperations } from "./treeOperations.js";

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html */
export const organizations: Readonly<Record<string, Operation>> = {
  ...treeOperations,
  ...accountOperations,
  ...organizationPolicies,
  ...tagOperations,
};
