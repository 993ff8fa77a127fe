import type { StatementMatch } from "./StatementMatch.js";

/** How Principal or NotPrincipal names the caller; empty where it does not. */
export interface PrincipalAnswer {
  readonly forms: StatementMatch["forms"];
  /** What the forms that are unknown hang on. */
  readonly dependsOn: readonly string[];
}
