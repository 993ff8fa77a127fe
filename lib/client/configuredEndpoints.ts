import { diagnosticClients } from "../aws/diagnosticClients.js";
import { type CallerConfig, settingOf } from "./CallerConfig.js";

/**
 * The endpoints that environment and shared configuration name for the services that evidence is read from; null for one
 * that is read from AWS itself. The SDK is asked, client by client, since it alone knows how it reads them.
 */
export async function configuredEndpoints(): Promise<(string | null)[]> {
  // No endpoint hangs on the Region before a call is made.
  const clients = diagnosticClients({ region: "us-east-1" });
  try {
    const made = await Promise.all([clients.iam(), clients.sts(), clients.kms(), clients.organizations()]);
    return await Promise.all(
      made.map(async ({ client }) => {
        const { serviceConfiguredEndpoint }: CallerConfig = client.config;
        const endpoint = await settingOf(serviceConfiguredEndpoint);
        return typeof endpoint === "string" ? endpoint : null;
      }),
    );
  } finally {
    clients.destroy();
  }
}
