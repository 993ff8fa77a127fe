import { type CallerConfig, settingOf } from "./CallerConfig.js";

/**
 * Whether the client speaks to an endpoint that holds for it alone: one it was given, or AWS_ENDPOINT_URL_BACKUP.
 * AWS_ENDPOINT_URL holds for all clients of the process, also for the diagnostic ones, and does not count.
 *
 * The SDK writes an endpoint of the environment into the client's own configuration with the first call, so the two are
 * told apart by comparing.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export async function hasOwnEndpoint(
  config: CallerConfig,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<boolean> {
  const { AWS_ENDPOINT_URL: forAll, AWS_ENDPOINT_URL_BACKUP: forBackup } = environment;
  if (forBackup && !forAll && config.ignoreConfiguredEndpointUrls !== true) return true;
  if (config.isCustomEndpoint !== true) return false;
  const configured = await settingOf(config.serviceConfiguredEndpoint);
  return typeof configured !== "string" || addressOf(configured) !== addressOf(await settingOf(config.endpoint));
}

/** Host, port and path of an endpoint in any of the forms that the SDK holds it in. */
function addressOf(endpoint: unknown): string {
  if (typeof endpoint === "string") return addressOf(new URL(endpoint));
  const { url, protocol, hostname, port, path, pathname } = (endpoint ?? {}) as Partial<
    Record<"protocol" | "hostname" | "path" | "pathname", string>
  > & { url?: unknown; port?: number | string };
  if (url !== undefined) return addressOf(url);
  const usual = protocol === "http:" ? 80 : 443;
  return [protocol, hostname, Number(port) || usual, (path ?? pathname ?? "").replace(/\/$/, "")].join("|");
}
