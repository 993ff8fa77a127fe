import { type CallerConfig, settingOf } from "./CallerConfig.js";
import { configuredEndpoints } from "./configuredEndpoints.js";

/**
 * Whether the client speaks to an endpoint at which the evidence's clients would not meet it: one it was given, or one
 * that environment or shared configuration name for AWS Backup alone (AWS_ENDPOINT_URL_BACKUP, a `services` section). A
 * client that ignores configured endpoints speaks to AWS itself, and the evidence's clients are told to ignore them too;
 * where their version of the SDK cannot, they would not meet it. AWS_ENDPOINT_URL and a profile's endpoint_url hold for all
 * clients and do not count.
 *
 * The SDK writes a configured endpoint into the client's own configuration with the first call, so the two are told apart
 * by comparing.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function hasOwnEndpoint(config: CallerConfig): Promise<boolean> {
  if (config.ignoreConfiguredEndpointUrls === true) {
    if (config.isCustomEndpoint === true) return true;
    return (await configuredEndpoints()).some(({ endpoint, canBeIgnored }) => endpoint !== null && !canBeIgnored);
  }
  const configured = await settingOf(config.serviceConfiguredEndpoint);
  if (config.isCustomEndpoint === true) {
    const isGiven =
      typeof configured !== "string" || addressOf(configured) !== addressOf(await settingOf(config.endpoint));
    if (isGiven) return true;
  }
  if (typeof configured !== "string" || process.env.AWS_ENDPOINT_URL) return false;
  return (await configuredEndpoints()).some(({ endpoint }) => endpoint === null);
}

/** Host, port and path of an endpoint in any of the forms that the SDK holds it in. */
function addressOf(endpoint: unknown): string {
  // What the environment names may be no address at all.
  if (typeof endpoint === "string") return URL.canParse(endpoint) ? addressOf(new URL(endpoint)) : endpoint;
  const { url, protocol, hostname, port, path, pathname } = (endpoint ?? {}) as Partial<
    Record<"protocol" | "hostname" | "path" | "pathname", string>
  > & { url?: unknown; port?: number | string };
  if (url !== undefined) return addressOf(url);
  const usual = protocol === "http:" ? 80 : 443;
  return [protocol, hostname, Number(port) || usual, (path ?? pathname ?? "").replace(/\/$/, "")].join("|");
}
