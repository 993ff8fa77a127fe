import type { ClientSettings } from "../aws/ClientSettings.js";

/**
 * What is read of a client's resolved configuration. Told by shape, so that it holds for every copy and version of the
 * SDK: a setting is a value or a provider of one.
 */
export interface CallerConfig {
  region?: unknown;
  credentials?: unknown;
  requestHandler?: ClientSettings["requestHandler"];
  useFipsEndpoint?: unknown;
  useDualstackEndpoint?: unknown;
  /** True where an endpoint was given, and after the first call also where the environment names one. */
  isCustomEndpoint?: boolean;
  endpoint?: unknown;
  /** The endpoint that environment or shared configuration name for the service. */
  serviceConfiguredEndpoint?: unknown;
  ignoreConfiguredEndpointUrls?: unknown;
}

/** The value of a setting that is a value or a provider of one. */
export async function settingOf(setting: unknown): Promise<unknown> {
  return typeof setting === "function" ? await (setting as () => unknown)() : setting;
}
