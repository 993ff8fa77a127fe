import { expect } from "chai";
import type { ClientSettings } from "../../lib/aws/ClientSettings.js";
import { diagnosticClients } from "../../lib/aws/diagnosticClients.js";
import { inEnvironment } from "../../scripts/demonstration/inEnvironment.js";

const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "not-a-secret" };

/** Notes each request's host and user agent, and answers none. */
function notingHandler(): { handler: NonNullable<ClientSettings["requestHandler"]>; sent: Record<string, string>[] } {
  const sent: Record<string, string>[] = [];
  return {
    sent,
    handler: {
      async handle(request: { hostname: string; headers: Record<string, string> }) {
        sent.push({ host: request.hostname, agent: request.headers["user-agent"] ?? "" });
        throw Object.assign(new Error("throttled"), { name: "ThrottlingException" });
      },
    },
  };
}

const asked = {
  iam: ["GetRole", { RoleName: "Deployer" }],
  kms: ["DescribeKey", { KeyId: "alias/aws/backup" }],
  organizations: ["DescribeOrganization", {}],
  sts: ["GetCallerIdentity", {}],
} as const;

async function hostOf(settings: ClientSettings, service: keyof typeof asked): Promise<string> {
  const { handler, sent } = notingHandler();
  const clients = diagnosticClients({ credentials, ...settings, requestHandler: handler });
  const [operation, input] = asked[service];
  await clients.send(service, operation, input, new AbortController().signal).catch(() => undefined);
  // One request although it was throttled: the SDK does not retry, the reader does.
  expect(sent).to.have.length(1);
  expect(sent[0]?.agent).to.include("backup-vault-access");
  return sent[0]?.host ?? "";
}

describe("The diagnostic clients", () => {
  it("reach the global services where each partition has them", async () => {
    expect(await hostOf({ region: "eu-west-1" }, "iam")).to.equal("iam.amazonaws.com");
    expect(await hostOf({ region: "us-gov-west-1" }, "iam")).to.equal("iam.us-gov.amazonaws.com");
    expect(await hostOf({ region: "cn-north-1" }, "iam")).to.equal("iam.cn-north-1.amazonaws.com.cn");
    expect(await hostOf({ region: "eu-west-1" }, "organizations")).to.equal("organizations.us-east-1.amazonaws.com");
  });

  it("reach the others in the caller's Region, by the caller's kind of endpoint", async () => {
    expect(await hostOf({ region: "eu-west-1" }, "kms")).to.equal("kms.eu-west-1.amazonaws.com");
    expect(await hostOf({ region: "us-east-1", useFipsEndpoint: true }, "kms")).to.equal(
      "kms-fips.us-east-1.amazonaws.com",
    );
    expect(await hostOf({ region: "eu-west-1" }, "sts")).to.match(/^sts\.(eu-west-1\.)?amazonaws\.com$/);
  });

  it("take credentials that are frozen, though some versions of the SDK write into them", async () => {
    const frozen = Object.freeze({ ...credentials });
    const clients = diagnosticClients({ region: "eu-west-1", credentials: frozen });
    const { config } = await clients.load("kms");
    const used = await (config as { credentials: () => Promise<object> }).credentials();

    expect(Object.isExtensible(used)).to.equal(true);
    expect(used).to.deep.include(credentials);
    expect(frozen).to.deep.equal(credentials);
  });

  it("reach an endpoint that is named for them", async () => {
    const settings: ClientSettings = { region: "us-west-2", endpoints: { kms: "http://localhost:4566" } };
    expect(await hostOf(settings, "kms")).to.equal("localhost");
    expect(await hostOf(settings, "iam")).to.equal("iam.amazonaws.com");
  });

  it("reach AWS itself where configured endpoints are to be ignored, and a named one all the same", () =>
    inEnvironment({ AWS_ENDPOINT_URL: "http://localhost:4566", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "" }, async () => {
      const settings: ClientSettings = { region: "eu-west-1", ignoreConfiguredEndpointUrls: true };
      expect(await hostOf({ region: "eu-west-1" }, "kms")).to.equal("localhost");
      for (const service of ["iam", "kms", "organizations", "sts"] as const) {
        expect(await hostOf(settings, service)).to.match(/\.amazonaws\.com$/);
      }
      expect(await hostOf({ ...settings, endpoints: { kms: "http://localhost:4567" } }, "kms")).to.equal("localhost");
    }));
});
