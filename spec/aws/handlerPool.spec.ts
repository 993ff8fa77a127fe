import type { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { expect } from "chai";
import type { ClientSettings } from "../../lib/aws/ClientSettings.js";
import { leaseHandler } from "../../lib/aws/handlerPool.js";

type Handler = NonNullable<ClientSettings["requestHandler"]>;

/** The settings that a handler works by. */
async function settingsOf(handler: Handler) {
  const { configProvider } = handler as unknown as { configProvider: Promise<Record<string, unknown>> };
  const { httpAgentProvider, ...settings } = await configProvider;
  const httpAgent = await (httpAgentProvider as () => Promise<HttpAgent>)();
  return { ...settings, httpAgent, httpsAgent: settings.httpsAgent as HttpsAgent };
}

describe("The connections of the diagnostic calls", () => {
  it("are others than the caller's, by the caller's own settings: TLS, timeouts, sockets", async () => {
    const callers = new NodeHttpHandler({
      connectionTimeout: 1234,
      requestTimeout: 4321,
      httpsAgent: new HttpsAgent({ ca: "a certificate", keepAlive: true, maxSockets: 7 }),
    });

    const { handler, release } = await leaseHandler(callers);

    const [own, given] = [await settingsOf(handler), await settingsOf(callers)];
    expect(own).to.include({ connectionTimeout: 1234, requestTimeout: 4321 });
    expect(own.httpsAgent).to.not.equal(given.httpsAgent);
    expect(own.httpsAgent.options).to.include({ ca: "a certificate", keepAlive: true });
    expect(own.httpsAgent.maxSockets).to.equal(7);
    expect(own.httpAgent).to.not.equal(given.httpAgent);
    expect(own.httpAgent.maxSockets).to.equal(50);
    release();
  });

  it("are one pool for all who read at one time, and a new one after the last is done", async () => {
    const callers = new NodeHttpHandler();
    const [one, other] = await Promise.all([leaseHandler(callers), leaseHandler(callers)]);
    const { httpsAgent } = await settingsOf(one.handler);
    let closed = 0;
    httpsAgent.destroy = () => {
      closed += 1;
    };

    expect(other.handler).to.equal(one.handler);
    one.release();
    expect(closed).to.equal(0);
    other.release();
    expect(closed).to.equal(1);

    const later = await leaseHandler(callers);
    expect(later.handler).to.not.equal(one.handler);
    later.release();
  });

  it("go through the caller's proxy agent itself, which is not closed", async () => {
    class ProxyAgent extends HttpsAgent {}
    const httpsAgent = new ProxyAgent();
    let closed = 0;
    httpsAgent.destroy = () => {
      closed += 1;
    };

    const { handler, release } = await leaseHandler(new NodeHttpHandler({ httpsAgent }));

    expect((await settingsOf(handler)).httpsAgent).to.equal(httpsAgent);
    release();
    expect(closed).to.equal(0);
  });

  const others: Record<string, () => Handler> = {
    "a handler of another kind": () => ({ metadata: { handlerProtocol: "h2" }, handle: () => Promise.reject() }),
    "a handler of a class made from the SDK's": () => new (class Recording extends NodeHttpHandler {})(),
    "a handler whose way of sending was replaced": () =>
      Object.assign(new NodeHttpHandler(), { handle: () => Promise.reject() }),
    "a handler whose settings fail": () => new NodeHttpHandler(() => Promise.reject(new Error("no settings"))),
  };
  for (const [what, made] of Object.entries(others)) {
    it(`are the caller's where that is ${what}`, async () => {
      const callers = made();

      const { handler, release } = await leaseHandler(callers);

      expect(handler).to.equal(callers);
      release();
    });
  }
});
