import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { ClientSettings } from "./ClientSettings.js";

type Handler = NonNullable<ClientSettings["requestHandler"]>;

/** A request handler in use, until it is released. */
export interface Lease {
  handler: Handler;
  release: () => void;
}

interface Pool {
  handler: Promise<Handler>;
  /** What this pool opened itself, and closes. */
  agents: (HttpAgent | HttpsAgent)[];
  users: number;
}

const pools = new WeakMap<Handler, Pool>();

/**
 * A pool of connections for the diagnostic calls alone, with the settings of the caller's own handler: they neither wait
 * behind the application's calls nor take their place. It is shared by all who ask for it at one time, and its connections
 * are closed when the last of them is done.
 *
 * Where the settings cannot be had (a handler that is not the SDK's own for Node.js, or one that was changed), the caller's
 * handler itself; where an agent is not Node.js's own (a proxy's), that agent, since it alone knows how it connects.
 */
export async function leaseHandler(callers: Handler): Promise<Lease> {
  const pool = pools.get(callers) ?? { handler: Promise.resolve(callers), agents: [], users: 0 };
  if (pool.users === 0) pool.handler = poolHandler(callers, pool.agents);
  pools.set(callers, pool);
  pool.users += 1;
  return {
    handler: await pool.handler,
    release: () => {
      pool.users -= 1;
      if (pool.users > 0) return;
      for (const agent of pool.agents.splice(0)) agent.destroy();
    },
  };
}

/** What the SDK's handler for Node.js keeps of its settings; told by shape, so that it holds for every version of it. */
interface HandlerConfig {
  httpAgent?: unknown;
  httpAgentProvider?: () => Promise<unknown>;
  httpsAgent?: unknown;
  [setting: string]: unknown;
}

async function poolHandler(callers: Handler, agents: Pool["agents"]): Promise<Handler> {
  try {
    const NodeHandler = callers.constructor as new (settings: object) => Handler;
    const isUnchanged = NodeHandler.name === "NodeHttpHandler" && !Object.hasOwn(callers, "handle");
    if (!isUnchanged) return callers;
    const { config, configProvider } = callers as unknown as Record<"config" | "configProvider", unknown>;
    const settings = (config ?? (await configProvider)) as HandlerConfig | undefined;
    if (typeof settings?.httpsAgent !== "object") return callers;
    const { httpAgentProvider, httpAgent = await httpAgentProvider?.(), httpsAgent, ...rest } = settings;
    const own = { http: sameAgent(httpAgent, HttpAgent), https: sameAgent(httpsAgent, HttpsAgent) };
    if (own.http !== httpAgent) agents.push(own.http as HttpAgent);
    if (own.https !== httpsAgent) agents.push(own.https as HttpsAgent);
    return new NodeHandler({ ...rest, httpAgent: own.http, httpsAgent: own.https });
  } catch {
    return callers;
  }
}

/** Another agent of the same settings, TLS ones included; one that is not Node.js's own stays the same. */
function sameAgent(agent: unknown, Agent: typeof HttpAgent | typeof HttpsAgent): unknown {
  const isPlain =
    agent instanceof Agent &&
    Object.getPrototypeOf(agent) === Agent.prototype &&
    !Object.hasOwn(agent, "createConnection");
  if (!isPlain) return agent;
  const { options, maxSockets, maxFreeSockets, maxTotalSockets } = agent as HttpAgent & { options: object };
  return new Agent({ ...options, maxSockets, maxFreeSockets, maxTotalSockets });
}
