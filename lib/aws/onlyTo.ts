import type { ClientSettings } from "./ClientSettings.js";

type Handler = NonNullable<ClientSettings["requestHandler"]>;

/**
 * A request handler that sends to these endpoints and to nobody else: the credentials of an emulator never travel to the
 * real AWS, whichever service the evidence is missing from.
 */
export function onlyTo(endpoints: readonly string[], handler: Handler): Handler {
  const named = new Set(endpoints.map((endpoint) => new URL(endpoint).hostname));
  return {
    metadata: handler.metadata,
    handle: async (request, options) => {
      const { hostname } = request as { hostname?: string };
      if (hostname === undefined || !named.has(hostname)) {
        const refusal = new Error(`not sent to ${hostname}: name its endpoint in options.evidence.endpoints`);
        refusal.name = "EndpointNotNamed";
        throw refusal;
      }
      return handler.handle(request, options);
    },
  };
}
