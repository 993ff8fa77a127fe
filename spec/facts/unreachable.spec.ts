import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect } from "chai";
import { unreachable } from "../../lib/facts/unreachable.js";

/** What to do about it, of the first words that fit. */
const remedy = (error: Error) => unreachable.find(([words]) => words.test(`${error.name}: ${error.message}`))?.[1];

function thrown(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected an error");
}

/** The error of a connection to a port at which nobody listens. */
async function refused(): Promise<Error> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  const [error] = (await once(connect(port, "127.0.0.1"), "error")) as [Error];
  return error;
}

// https://nodejs.org/api/errors.html#common-system-errors and https://nodejs.org/api/tls.html#x509-certificate-error-codes
describe("A failure to reach AWS at all", () => {
  it("names the endpoint and the network where nobody listens", async () => {
    expect(remedy(await refused())).to.match(/^Nothing answers at that address.*AWS_ENDPOINT_URL/);
  });

  it("names the setting of an endpoint that is no URL", () => {
    expect(remedy(thrown(() => new URL("no address")))).to.match(/is no URL: look at AWS_ENDPOINT_URL/);
  });

  it("names the token's file that is not there", () => {
    expect(remedy(thrown(() => readFileSync("/nonexistent/token")))).to.match(/AWS_WEB_IDENTITY_TOKEN_FILE/);
  });

  for (const words of [
    "self-signed certificate in certificate chain",
    "unable to get local issuer certificate",
    "unable to verify the first certificate",
  ]) {
    it(`names NODE_EXTRA_CA_CERTS where Node.js says "${words}"`, () => {
      expect(remedy(new Error(words))).to.match(/NODE_EXTRA_CA_CERTS/);
    });
  }

  it("has no advice about an answer of AWS", () => {
    expect(
      remedy(new Error("User: arn:aws:iam::111122223333:user/a is not authorized to perform: iam:GetRole")),
    ).to.equal(undefined);
  });
});
