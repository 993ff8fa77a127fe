import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BackupClient, type BackupClientConfig, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { collectOptionsFor } from "../../lib/client/collectOptionsFor.js";
import { hasOwnEndpoint } from "../../lib/client/hasOwnEndpoint.js";
import type { DiagnosisOptions } from "../../lib/index.js";
import { inEnvironment } from "../../scripts/demonstration/inEnvironment.js";
import { served } from "../emulator/served.js";
import { memberWorld } from "../emulator/worlds.js";
import { input } from "./refusals.js";

const caller = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "caller" };
const auditor = { accessKeyId: "AKIAI44QH8DHBEXAMPLE", secretAccessKey: "auditor" };
const manager = { accessKeyId: "AKIAJQABLZS4AEXAMPLE", secretAccessKey: "manager" };

/** Whatever the machine that runs the specs is configured for does not count. */
const nothingConfigured = {
  AWS_ENDPOINT_URL: "",
  AWS_ENDPOINT_URL_BACKUP: "",
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "",
  AWS_PROFILE: "",
  AWS_CONFIG_FILE: "/nonexistent",
};

async function settingsOf(config: BackupClientConfig, options: DiagnosisOptions = {}) {
  const client = new BackupClient({ region: "us-west-2", credentials: caller, ...config });
  return { client, settings: await collectOptionsFor(client.config, options, "us-west-2") };
}

describe("The evidence's clients", () => {
  it("share Region, credentials, request handler, FIPS and dual-stack settings with the caller's client", async () => {
    const { client, settings } = await settingsOf({ useFipsEndpoint: true, useDualstackEndpoint: true });

    expect(settings.skip).to.equal(undefined);
    expect(settings.caller.region).to.equal("us-west-2");
    expect(settings.caller.requestHandler).to.equal(client.config.requestHandler);
    expect(settings.caller).to.include({ useFipsEndpoint: true, useDualstackEndpoint: true });
    expect(await identityOf(settings.caller.credentials)).to.include(caller);
    expect(settings).to.not.have.any.keys("evidence", "organization");
  });

  it("read as somebody else where the options say so, while the caller is asked who it is as itself", async () => {
    const { settings } = await settingsOf(
      {},
      { evidence: { credentials: auditor, organizationCredentials: manager, region: "eu-west-1" } },
    );

    expect(await identityOf(settings.caller.credentials)).to.include(caller);
    expect(settings.evidence).to.include({ region: "eu-west-1", credentials: auditor });
    expect(settings.organization).to.include({ region: "eu-west-1", credentials: manager });
  });

  it("read Organizations as the management account though the rest is read as the caller", async () => {
    const { settings } = await settingsOf({}, { evidence: { organizationCredentials: manager } });

    expect(settings.evidence).to.equal(undefined);
    expect(settings.organization).to.include({ region: "us-west-2", credentials: manager });
  });

  it("ignore the configured endpoints where the caller's client does, whoever they read as", async () => {
    const evidence = { credentials: auditor, organizationCredentials: manager };
    const { settings } = await settingsOf({ ignoreConfiguredEndpointUrls: true }, { evidence });

    for (const one of [settings.caller, settings.evidence, settings.organization]) {
      expect(one?.ignoreConfiguredEndpointUrls).to.equal(true);
    }
    expect((await settingsOf({})).settings.caller).to.not.have.property("ignoreConfiguredEndpointUrls");
  });

  it("are not asked anything where the caller's client was given an endpoint and none is named", async () => {
    const { settings } = await settingsOf({ endpoint: "http://127.0.0.1:4566" });

    expect(settings.skip).to.contain("options.evidence.endpoints");
  });
});

describe("An endpoint of the client's own", () => {
  const url = "http://127.0.0.1:4566";
  const own = (config: BackupClientConfig) => new BackupClient({ region: "us-west-2", credentials: caller, ...config });
  const isOwn = (environment: Record<string, string>, config: BackupClientConfig = {}) =>
    inEnvironment({ ...nothingConfigured, ...environment }, () => hasOwnEndpoint(own(config).config));
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "endpoints-"));
  });
  after(() => rm(folder, { recursive: true }));
  const sharedConfiguration = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return { AWS_CONFIG_FILE: file };
  };

  it("is one that it was given, in every form that the SDK takes", async () => {
    const parts = { protocol: "http:", hostname: "127.0.0.1", port: 4566, path: "/" };
    for (const endpoint of [`${url}/`, parts, async () => parts]) {
      expect(await isOwn({}, { endpoint })).to.equal(true);
      expect(await isOwn({ AWS_ENDPOINT_URL: "http://127.0.0.1:4567" }, { endpoint })).to.equal(true);
      expect(await isOwn({ AWS_ENDPOINT_URL: "no address" }, { endpoint })).to.equal(true);
    }
  });

  it("is none where AWS is spoken to", async () => {
    expect(await isOwn({})).to.equal(false);
  });

  it("is one that the environment names for AWS Backup alone", async () => {
    expect(await isOwn({ AWS_ENDPOINT_URL_BACKUP: url })).to.equal(true);
    expect(await isOwn({ AWS_ENDPOINT_URL_BACKUP: url, AWS_ENDPOINT_URL_IAM: url })).to.equal(true);
    expect(await isOwn({ AWS_ENDPOINT_URL_BACKUP: url, AWS_ENDPOINT_URL: url })).to.equal(false);
    expect(await isOwn({ AWS_ENDPOINT_URL_BACKUP: url, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" })).to.equal(false);
  });

  it("is none where the environment names one for each service that is asked", async () => {
    const each = ["BACKUP", "IAM", "STS", "KMS", "ORGANIZATIONS"].map((name) => [`AWS_ENDPOINT_URL_${name}`, url]);

    expect(await isOwn(Object.fromEntries(each))).to.equal(false);
  });

  it("is one that a profile's services section names for AWS Backup alone", async () => {
    const services = "[services local]\nbackup =\n  endpoint_url = http://127.0.0.1:4566\n";

    expect(await isOwn(await sharedConfiguration("one", `[default]\nservices = local\n${services}`))).to.equal(true);
    expect(
      await isOwn(await sharedConfiguration("all", `[default]\nservices = local\nendpoint_url = ${url}\n${services}`)),
    ).to.equal(false);
  });

  it("is none that a profile names for all", async () => {
    expect(await isOwn(await sharedConfiguration("profile", `[default]\nendpoint_url = ${url}\n`))).to.equal(false);
  });

  it("is none for a client that ignores what is configured, since the evidence's clients ignore it too", async () => {
    const config = { ignoreConfiguredEndpointUrls: true };

    expect(await isOwn({ AWS_ENDPOINT_URL: url }, config)).to.equal(false);
    expect(await isOwn({ AWS_ENDPOINT_URL_KMS: url }, config)).to.equal(false);
    expect(await isOwn({}, config)).to.equal(false);
  });

  it("is one that such a client was given, also where the same is configured", async () => {
    const config = { ignoreConfiguredEndpointUrls: true, endpoint: url };

    expect(await isOwn({ AWS_ENDPOINT_URL: url }, config)).to.equal(true);
    expect(await isOwn({}, config)).to.equal(true);
  });

  it("is not one that a version of the SDK wrote into the client from the environment", () =>
    inEnvironment({ ...nothingConfigured, AWS_ENDPOINT_URL: url }, async () => {
      const endpoint = async () => ({ protocol: "http:", hostname: "127.0.0.1", port: 4566, path: "/" });
      const written = { isCustomEndpoint: true, endpoint, serviceConfiguredEndpoint: async () => url };

      expect(await hasOwnEndpoint(written)).to.equal(false);
      expect(
        await hasOwnEndpoint({ ...written, serviceConfiguredEndpoint: async () => "http://127.0.0.1:4567" }),
      ).to.equal(true);
    }));

  it("is not AWS_ENDPOINT_URL, which holds for every client, also after the SDK has used it", () =>
    served({ world: memberWorld() }, (emulator) =>
      inEnvironment({ ...nothingConfigured, AWS_ENDPOINT_URL: emulator.url }, async () => {
        const client = own({ credentials: emulator.clientConfig().credentials });
        await client.send(new CreateBackupVaultCommand(input));

        expect(await hasOwnEndpoint(client.config)).to.equal(false);
      }),
    ));
});

function identityOf(credentials: unknown): Promise<unknown> {
  return typeof credentials === "function" ? credentials() : Promise.resolve(credentials);
}
