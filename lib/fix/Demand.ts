import type { ParsedCondition } from "../policy/ParsedPolicy.js";

/** What an Allow that would let an action through demands of the call, which it does not meet. */
export interface Demand {
  action: string;
  /** The Allow, as a person calls it. */
  by: string;
  /** Its conditions that the call meets. */
  met: readonly ParsedCondition[];
  /** Those that it does not meet; at least one. */
  missing: readonly ParsedCondition[];
}
