import type { IAMClient } from "@aws-sdk/client-iam";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import type { STSClient } from "@aws-sdk/client-sts";
import type { ClientSettings, DiagnosticService } from "./ClientSettings.js";
import type { EvidenceMemory } from "./EvidenceMemory.js";
import { rememberAnswers } from "./rememberAnswers.js";

/** The modules of the diagnostic clients, each loaded when it is first asked for. */
export interface DiagnosticClients {
  iam: () => Promise<{ client: IAMClient; module: typeof import("@aws-sdk/client-iam") }>;
  kms: () => Promise<{ client: KMSClient; module: typeof import("@aws-sdk/client-kms") }>;
  sts: () => Promise<{ client: STSClient; module: typeof import("@aws-sdk/client-sts") }>;
  organizations: () => Promise<{
    client: OrganizationsClient;
    module: typeof import("@aws-sdk/client-organizations");
  }>;
  /** Closes what these clients opened themselves; a request handler that was handed in stays open. */
  destroy: () => void;
}

/**
 * Clients that read evidence, made on first use. They share region, credentials, request handler, FIPS, dual-stack and
 * endpoint settings with the caller's client, carry a user agent of their own, and do not retry by themselves.
 *
 * @param remembered where several diagnoses share what they read: the answers, and as whom these clients ask
 */
export function diagnosticClients(
  settings: ClientSettings,
  remembered?: { memory: EvidenceMemory; reader: string },
): DiagnosticClients {
  const made: { destroy: () => void }[] = [];
  const keep = <T extends { destroy: () => void; send: unknown }>(client: T, isRegional = false): T => {
    if (settings.requestHandler === undefined) made.push(client);
    if (remembered === undefined) return client;
    const { memory, reader } = remembered;
    return rememberAnswers(client, isRegional ? `${reader} ${settings.region}` : reader, memory);
  };
  const config = (service: DiagnosticService) => ({
    region: settings.region,
    maxAttempts: 1,
    customUserAgent: [["backup-vault-access", "0.1.0"]] as [string, string][],
    ...(settings.credentials !== undefined && { credentials: settings.credentials }),
    ...(settings.requestHandler !== undefined && { requestHandler: settings.requestHandler }),
    ...(settings.useFipsEndpoint !== undefined && { useFipsEndpoint: settings.useFipsEndpoint }),
    ...(settings.useDualstackEndpoint !== undefined && { useDualstackEndpoint: settings.useDualstackEndpoint }),
    ...(settings.ignoreConfiguredEndpointUrls !== undefined && {
      ignoreConfiguredEndpointUrls: settings.ignoreConfiguredEndpointUrls,
    }),
    ...(settings.endpoints?.[service] !== undefined && { endpoint: settings.endpoints[service] }),
  });
  return {
    iam: once(async () => {
      const module = await import("@aws-sdk/client-iam");
      return { module, client: keep(new module.IAMClient(config("iam"))) };
    }),
    kms: once(async () => {
      const module = await import("@aws-sdk/client-kms");
      return { module, client: keep(new module.KMSClient(config("kms")), true) };
    }),
    sts: once(async () => {
      const module = await import("@aws-sdk/client-sts");
      return { module, client: keep(new module.STSClient(config("sts"))) };
    }),
    organizations: once(async () => {
      const module = await import("@aws-sdk/client-organizations");
      return { module, client: keep(new module.OrganizationsClient(config("organizations"))) };
    }),
    destroy: () => {
      for (const client of made) client.destroy();
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
