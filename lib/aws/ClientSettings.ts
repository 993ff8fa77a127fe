import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, RequestHandler } from "@smithy/types";

/** How a diagnostic client reaches AWS. What is left out is the SDK's default (environment, shared configuration). */
export interface ClientSettings {
  region: string;
  credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** The caller's client's: its settings hold here too (proxies, TLS, timeouts), in a pool of connections of its own. */
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's own handlers are generic in their request and response
  requestHandler?: RequestHandler<any, any>; // oxlint-disable-line typescript/no-explicit-any
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
  /** True: endpoints that environment and shared configuration name are not followed. */
  ignoreConfiguredEndpointUrls?: boolean;
  /** Explicit endpoints by service, as for an emulator. */
  endpoints?: Partial<Record<DiagnosticService, string>>;
  /** The only endpoints that anything may be sent to. Default: any. */
  onlyTo?: readonly string[];
}

/** The services that evidence is always read from. */
export const diagnosticServices = ["iam", "sts", "kms", "organizations"] as const;

/** One of the services that evidence is read from. */
export type DiagnosticService = (typeof diagnosticServices)[number] | "cloudtrail";
