import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { TrailOptions } from "../evidence/CollectOptions.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

/** Credentials, or what gives them, as every AWS SDK client takes them. */
export type Credentials = AwsCredentialIdentity | AwsCredentialIdentityProvider;

/** As whom, and from where, the evidence is read. */
export interface EvidenceOptions {
  /** As whom IAM, KMS and the simulator are read: an application's role rarely may. Default: as the caller. */
  credentials?: Credentials | undefined;
  /** As whom Organizations is read: a role in the management account. Default: as the rest of the evidence. */
  organizationCredentials?: Credentials | undefined;
  /** Endpoints by service. Where the caller's own client was given an endpoint, nothing else is asked. */
  endpoints?:
    | {
        iam?: string | undefined;
        sts?: string | undefined;
        kms?: string | undefined;
        organizations?: string | undefined;
        cloudtrail?: string | undefined;
      }
    | undefined;
  /** The Region of the evidence's clients. Default: the caller's. */
  region?: string | undefined;
  /**
   * Look into CloudTrail for the calls that AWS Backup forwarded, which AWS's own message hides; it needs
   * cloudtrail:LookupEvents. CloudTrail tells of a call after some minutes: with `wait`, in milliseconds, it is looked into
   * again until an event decides, and the deadline, where none is given, is that much later. Default: false.
   */
  cloudTrail?: boolean | TrailOptions | undefined;
}

/** How a denial is diagnosed. Everything may be left out. */
export interface DiagnosisOptions {
  evidence?: EvidenceOptions | undefined;
  /** How long a diagnosis may take: milliseconds, or until when (as in a Lambda function). Default: 5000. */
  deadline?: number | Date | undefined;
  /**
   * What else is known of the caller's own call: condition keys (specification, section 3), as
   * `{ "aws:SourceVpce": "vpce-1" }`.
   */
  context?: Snapshot["context"] | undefined;
  /** Told of every diagnosis, for logs and metrics. What it throws is ignored. */
  onDiagnosis?: ((diagnosis: Diagnosis) => void) | undefined;
  /**
   * Told where a diagnosis failed by a fault of this package's own; the caller then gets AWS's error as it was. What it
   * throws is ignored.
   */
  onFailure?: ((error: unknown) => void) | undefined;
  /** "dry-run": also ask KMS itself, as the caller, by DryRun. Default: only reads. */
  probe?: "dry-run" | undefined;
  /** Refusals of the same call share the evidence of one reading for five seconds. Default: true; tests turn it off. */
  share?: boolean | undefined;
}
