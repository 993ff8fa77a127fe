import type { ContextValue } from "../policy/ContextValue.js";
import type { WorldDocument } from "./World.js";

/** The caller behind an access key: who it is and what its credentials carry. */
export interface Session {
  accessKeyId: string;
  secretAccessKey: string;
  /** Null: long-term credentials. */
  sessionToken: string | null;
  /** Anonymous: nobody's credentials count; what the call brings tells who calls. */
  kind: "root" | "user" | "role-session" | "federated-user" | "anonymous";
  /** As sts:GetCallerIdentity answers. */
  arn: string;
  /** The IAM user or role behind it, with its path. */
  principalArn: string;
  accountId: string;
  /** The user's, role's or federated user's name. */
  principalName: string;
  userId: string;
  issuerArn: string | null;
  sessionPolicies: WorldDocument[];
  /** ARNs of managed policies that limit the session as they are when it asks (aws-behaviour, sts-answers). */
  managedSessionPolicies: string[];
  sessionTags: Record<string, string>;
  /** Those of them that go along when another role is assumed from here. */
  transitiveTags: Record<string, string>;
  vpcEndpoint: string | null;
  context: Record<string, ContextValue>;
  /** Epoch milliseconds. */
  issuedAt: number;
  /** Null: never. */
  expiresAt: number | null;
  /** May do everything everywhere, whatever any policy says. */
  isAuditor: boolean;
}
