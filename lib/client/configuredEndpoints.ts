import { diagnosticServices } from "../aws/ClientSettings.js";
import { diagnosticClients } from "../aws/diagnosticClients.js";
import { type CallerConfig, settingOf } from "./CallerConfig.js";

/** Where a service that evidence is read from is configured to be. */
interface ConfiguredEndpoint {
  /** Null: AWS itself. */
  endpoint: string | null;
  /** Whether its client, being told so, speaks to AWS itself all the same; older versions of the SDK cannot. */
  canBeIgnored: boolean;
}

/**
 * The endpoints that environment and shared configuration name for the services that evidence is read from. The SDK is
 * asked, client by client, since it alone knows how it reads them.
 */
export async function configuredEndpoints(): Promise<ConfiguredEndpoint[]> {
  // No endpoint hangs on the Region before a call is made.
  const clients = diagnosticClients({ region: "us-east-1" });
  try {
    return await Promise.all(
      diagnosticServices.map(async (service) => {
        const { config } = await clients.load(service);
        const { serviceConfiguredEndpoint, ignoreConfiguredEndpointUrls }: CallerConfig = config;
        const endpoint = await settingOf(serviceConfiguredEndpoint);
        return {
          endpoint: typeof endpoint === "string" ? endpoint : null,
          // A client that knows the setting has it, as false, also where nobody gave it.
          canBeIgnored: typeof ignoreConfiguredEndpointUrls === "boolean",
        };
      }),
    );
  } finally {
    clients.destroy();
  }
}
