import type { Fields } from "../policy/policyFields.js";

/** The Condition of a statement: keys and values by operator. */
export type Conditions = Record<string, Fields>;
