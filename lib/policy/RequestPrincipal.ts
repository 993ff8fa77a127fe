/** Who makes a request, as far as Principal and NotPrincipal elements can tell callers apart. */
export interface RequestPrincipal {
  kind: "root" | "user" | "role" | "role-session" | "federated-user" | "service";
  /** The caller's own ARN: user, role, session, federated-user or root ARN; for a service its name, as backup.amazonaws.com. */
  arn: string;
  /** "" for a service. */
  accountId: string;
  /** Role sessions: the role's ARN with its path, where known (a session ARN carries no path). */
  roleArn?: string;
  /** Federated users: the IAM user who asked for the session; null where it may be any of the account's. */
  issuerArn?: string | null;
  /** AIDA... or AROA..., without a session name, where known. */
  uniqueId?: string;
}
