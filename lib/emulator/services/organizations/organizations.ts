import type { Operation } from "../../Call.js";
import { policyOperations } from "./policyOperations.js";
import { treeOperations } from "./treeOperations.js";

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html */
export const organizations: Readonly<Record<string, Operation>> = { ...treeOperations, ...policyOperations };
