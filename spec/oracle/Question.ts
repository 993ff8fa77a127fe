/** Who asks, in the forms in which a policy's Principal can name them. */
export interface Principal {
  kind: "root" | "user" | "role-session" | "federated-user";
  accountId: string;
  /** As sts:GetCallerIdentity answers. */
  arn: string;
  /** The role behind a session, with its path. */
  roleArn?: string;
  /** The IAM user who federated. */
  issuerArn?: string;
  /** The AIDA... of a user, the AROA... of the role behind a session, where it is known. */
  uniqueId?: string;
  hasBoundary: boolean;
}

/** One action on one resource by one principal, in a context that leaves nothing open. */
export interface Question {
  action: string;
  /** "*" for an action without a resource type. */
  resource: string;
  principal: Principal;
  /** The value of a context key, whatever its letter case; null where the request has no such key. */
  contextValue: (key: string) => string | string[] | null;
  undocumented: (fact: UndocumentedFact) => boolean;
}

/**
 * What no AWS page tells and no capture shows:
 * - limits-hold-for-anyone: boundary and session policy limit by silence what a key policy gives to "*"
 * - limits-hold-across: they limit what a grant of the caller's own account to the exact session gives on another's key
 * - grant-covers-create-grant: a grant with CreateGrant covers the grant that AWS Backup makes
 * - part-of-not-principal-spares: NotPrincipal spares a caller of whom it lists only some of the ARNs that it takes
 * - allow-with-not-principal: Allow with NotPrincipal, which AWS advises against, allows
 */
export type UndocumentedFact =
  | "limits-hold-for-anyone"
  | "limits-hold-across"
  | "grant-covers-create-grant"
  | "part-of-not-principal-spares"
  | "allow-with-not-principal";
