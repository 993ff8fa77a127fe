import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, RequestHandler } from "@smithy/types";

/** How a diagnostic client reaches AWS. What is left out is the SDK's default (environment, shared configuration). */
export interface ClientSettings {
  region: string;
  credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** Shared with the caller's client, so that proxies and connection pools hold here too. */
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's own handlers are generic in their request and response
  requestHandler?: RequestHandler<any, any>; // oxlint-disable-line typescript/no-explicit-any
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
  /** True: endpoints that environment and shared configuration name are not followed. */
  ignoreConfiguredEndpointUrls?: boolean;
  /** Explicit endpoints by service, as for an emulator. */
  endpoints?: Partial<Record<DiagnosticService, string>>;
}

/** The services that evidence is read from. */
export type DiagnosticService = "iam" | "sts" | "kms" | "organizations";
