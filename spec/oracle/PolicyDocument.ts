import type { Policy } from "../../lib/snapshot/Snapshot.js";

export type PolicyDocument = Exclude<Policy["document"], string | null>;
export type PolicyStatement = Exclude<PolicyDocument["Statement"], unknown[]>;
export type PolicyPrincipal = NonNullable<PolicyStatement["Principal"]>;
