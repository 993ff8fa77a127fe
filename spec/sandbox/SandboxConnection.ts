import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";

/** Where the sandbox is, and as whom it is set up: somebody who may make roles, policies and keys, and read the evidence. */
export interface SandboxConnection {
  region: string;
  credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** An emulator's. Left out: AWS. */
  endpoint?: string;
}
