import type { MiddlewareStack, Client as SmithyClient } from "@smithy/types";
import { toolVersion } from "../facts/toolVersion.js";
import { boundedBody } from "./boundedBody.js";
import type { ClientSettings, DiagnosticService } from "./ClientSettings.js";
import type { EvidenceMemory } from "./EvidenceMemory.js";
import { handled } from "./handled.js";
import { type Lease, leaseHandler } from "./handlerPool.js";
import { namesOf } from "./namesOf.js";
import { onlyTo } from "./onlyTo.js";
import { remembered } from "./remembered.js";
import type { Send } from "./Send.js";

/** What a client of any service is here: something that sends, with its resolved configuration. */
interface DiagnosticClient {
  // biome-ignore lint/suspicious/noExplicitAny: every service's commands have types of their own; answers pass a schema
  send: SmithyClient<any, any, any>["send"]; // oxlint-disable-line typescript/no-explicit-any
  config: object;
  middlewareStack: MiddlewareStack<object, object>;
  destroy: () => void;
}

/** A service's client, and its commands by the operation's name. */
interface LoadedService {
  client: DiagnosticClient;
  commands: Readonly<Record<string, unknown>>;
}

/** The diagnostic clients, each with its module loaded when it is first asked for. */
export interface DiagnosticClients {
  send: Send;
  load: (service: DiagnosticService) => Promise<DiagnosticClient>;
  /** Closes what these clients opened themselves; the caller's request handler stays open. */
  destroy: () => void;
}

type Configuration = Record<string, unknown> & { region: string };

/** Each module is imported by its literal name, so that bundlers see it. */
const modules: Readonly<Record<DiagnosticService, (config: Configuration) => Promise<LoadedService>>> = {
  iam: async (config) => {
    const commands = namesOf(await import("@aws-sdk/client-iam"));
    return { client: new commands.IAMClient(config) as DiagnosticClient, commands };
  },
  kms: async (config) => {
    const commands = namesOf(await import("@aws-sdk/client-kms"));
    return { client: new commands.KMSClient(config) as DiagnosticClient, commands };
  },
  sts: async (config) => {
    const commands = namesOf(await import("@aws-sdk/client-sts"));
    return { client: new commands.STSClient(config) as DiagnosticClient, commands };
  },
  organizations: async (config) => {
    const commands = namesOf(await import("@aws-sdk/client-organizations"));
    return { client: new commands.OrganizationsClient(config) as DiagnosticClient, commands };
  },
  cloudtrail: async (config) => {
    const commands = namesOf(await import("@aws-sdk/client-cloudtrail"));
    return { client: new commands.CloudTrailClient(config) as DiagnosticClient, commands };
  },
};

/**
 * Clients that read evidence, made on first use. They share region, credentials, request handler, FIPS, dual-stack and
 * endpoint settings with the caller's client, carry a user agent of their own, do not retry by themselves, and take no
 * answer that is longer than any of AWS's.
 *
 * @param share where several diagnoses share what they read: the answers, and as whom these clients ask
 */
export function diagnosticClients(
  settings: ClientSettings,
  share?: { memory: EvidenceMemory; reader: string },
): DiagnosticClients {
  const loading = new Map<DiagnosticService, Promise<LoadedService>>();
  const made: DiagnosticClient[] = [];
  const { requestHandler: callers } = settings;
  let leased: Promise<Lease> | null = null;

  const make = async (service: DiagnosticService): Promise<LoadedService> => {
    if (callers !== undefined) leased ??= leaseHandler(callers);
    const handler = (await leased)?.handler;
    const loaded = await modules[service](configurationOf(settings, service, handler));
    if (handler === undefined) made.push(loaded.client);
    const bound = boundedBody(service === "iam" || service === "sts");
    loaded.client.middlewareStack.add(bound, { step: "deserialize", priority: "low", name: "boundedBody" });
    return loaded;
  };
  const load = (service: DiagnosticService): Promise<LoadedService> => {
    const known = loading.get(service) ?? handled(make(service));
    loading.set(service, known);
    return known;
  };
  const send: Send = async (service, operation, input, abortSignal) => {
    const { client, commands } = await load(service);
    const Command = commands[`${operation}Command`] as new (input: object) => Parameters<DiagnosticClient["send"]>[0];
    return client.send(new Command(input), { abortSignal });
  };
  return {
    send: share === undefined ? send : remembered(send, share.reader, settings.region, share.memory),
    load: async (service) => (await load(service)).client,
    destroy: () => {
      for (const client of made) client.destroy();
      void leased?.then(({ release }) => release());
    },
  };
}

function configurationOf(
  settings: ClientSettings,
  service: DiagnosticService,
  handler: ClientSettings["requestHandler"],
): Configuration {
  const { region, endpoints, requestHandler: _, onlyTo: named, ...shared } = settings;
  const given = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
  // The SDK writes into credentials where they came from: frozen ones would fail every call.
  const { credentials } = given;
  if (typeof credentials === "object" && !Object.isExtensible(credentials)) given.credentials = { ...credentials };
  return {
    ...given,
    region,
    ...(handler !== undefined && { requestHandler: named === undefined ? handler : onlyTo(named, handler) }),
    maxAttempts: 1,
    customUserAgent: [["backup-vault-access", toolVersion]],
    ...(endpoints?.[service] !== undefined && { endpoint: endpoints[service] }),
  };
}
