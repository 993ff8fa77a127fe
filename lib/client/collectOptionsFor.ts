import { type ClientSettings, diagnosticServices } from "../aws/ClientSettings.js";
import type { CollectOptions } from "../evidence/CollectOptions.js";
import type { DiagnosisOptions, EvidenceOptions } from "../options/DiagnosisOptions.js";
import { type CallerConfig, settingOf } from "./CallerConfig.js";
import { hasOwnEndpoint } from "./hasOwnEndpoint.js";

/** Every service that anything may be asked of. */
const services = [...diagnosticServices, "cloudtrail"] as const;

/** As whom and where evidence is read. */
export type EvidenceSettings = Pick<
  CollectOptions,
  "caller" | "evidence" | "organization" | "skip" | "context" | "probe" | "cloudTrail"
>;

/** How evidence is collected for the caller's own client, without asking anything yet. */
export async function collectOptionsFor(
  config: CallerConfig,
  options: DiagnosisOptions,
  region: string | null,
): Promise<EvidenceSettings> {
  const { evidence = {} } = options;
  const { cloudTrail } = evidence;
  const common = {
    ...(options.context !== undefined && { context: options.context }),
    ...(options.probe !== undefined && { probe: options.probe }),
    ...(cloudTrail !== undefined && cloudTrail !== false && { cloudTrail: cloudTrail === true ? {} : cloudTrail }),
  };
  if (region === null) {
    return { ...common, caller: { region: "unknown" }, skip: "the client's Region is not known" };
  }
  const named = services.flatMap((service) => evidence.endpoints?.[service] ?? []);
  const isOwn = await hasOwnEndpoint(config);
  const caller = await callerSettings(config, region, evidence, isOwn ? named : null);
  if (isOwn && named.length === 0) {
    return {
      ...common,
      caller,
      skip: "the client has an endpoint of its own; name those to read evidence from in options.evidence.endpoints",
    };
  }
  const read: ClientSettings = {
    ...caller,
    ...(evidence.region !== undefined && { region: evidence.region }),
    ...(evidence.credentials !== undefined && { credentials: evidence.credentials }),
  };
  const isSame = evidence.region === undefined && evidence.credentials === undefined;
  return {
    ...common,
    caller,
    ...(!isSame && { evidence: read }),
    ...(evidence.organizationCredentials !== undefined && {
      organization: { ...read, credentials: evidence.organizationCredentials },
    }),
  };
}

/** @param named the only endpoints that may be asked; null where every endpoint may */
async function callerSettings(
  config: CallerConfig,
  region: string,
  { endpoints }: EvidenceOptions,
  named: readonly string[] | null,
): Promise<ClientSettings> {
  const { credentials, requestHandler } = config;
  const [isFips, isDualstack] = await Promise.all([
    settingOf(config.useFipsEndpoint),
    settingOf(config.useDualstackEndpoint),
  ]);
  const isConfined = named !== null && named.length < services.length && requestHandler !== undefined;
  return {
    region,
    ...(isCredentials(credentials) && { credentials }),
    ...(requestHandler !== undefined && { requestHandler }),
    ...(isConfined && { onlyTo: named }),
    ...(typeof isFips === "boolean" && { useFipsEndpoint: isFips }),
    ...(typeof isDualstack === "boolean" && { useDualstackEndpoint: isDualstack }),
    ...(config.ignoreConfiguredEndpointUrls === true && { ignoreConfiguredEndpointUrls: true }),
    ...(endpoints !== undefined && { endpoints }),
  };
}

function isCredentials(value: unknown): value is NonNullable<ClientSettings["credentials"]> {
  return typeof value === "function" || (typeof value === "object" && value !== null && "accessKeyId" in value);
}
