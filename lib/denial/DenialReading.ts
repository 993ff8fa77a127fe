import type { messagePolicyTypes } from "../facts/denials.js";

/** A policy type that AWS's access-denied messages name. */
export type MessagePolicyType = (typeof messagePolicyTypes)[number];

/** What a denial's own words say. */
export type DenialReading =
  | {
      kind: "action";
      /** The principal's ARN after "User:". */
      user: string | null;
      action: string;
      resource: string | null;
      /** Null: the message names no policy type, or one that is not known. */
      policyType: MessagePolicyType | null;
      effect: "explicitDeny" | "implicitDeny" | null;
      /** The ARN, or an inline policy's name, after an explicit deny. */
      policy: string | null;
      authorizationId: string | null;
      /** KMS: "the resource does not exist in this Region, no resource-based policies allow access, or ...". */
      ambiguous: boolean;
    }
  /** "Creating a backup vault requires backup-storage and KMS permissions." */
  | { kind: "backup-storage-and-kms" }
  /** A denial whose text says nothing more; also an empty one. */
  | { kind: "opaque" }
  /** "Encoded authorization failure message: ..." */
  | { kind: "encoded" }
  /** No text that we know. */
  | { kind: "other" };
