import { BackupClient, type BackupClientConfig, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { collectOptionsFor } from "../../lib/client/collectOptionsFor.js";
import { hasOwnEndpoint } from "../../lib/client/hasOwnEndpoint.js";
import type { DiagnosisOptions } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { memberWorld } from "../emulator/worlds.js";
import { input } from "./refusals.js";

const caller = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "caller" };
const auditor = { accessKeyId: "AKIAI44QH8DHBEXAMPLE", secretAccessKey: "auditor" };
const manager = { accessKeyId: "AKIAJQABLZS4AEXAMPLE", secretAccessKey: "manager" };

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

  it("are not asked anything where the caller's client was given an endpoint and none is named", async () => {
    const { settings } = await settingsOf({ endpoint: "http://127.0.0.1:4566" });

    expect(settings.skip).to.contain("options.evidence.endpoints");
  });
});

describe("An endpoint of the client's own", () => {
  const own = (config: BackupClientConfig) => new BackupClient({ region: "us-west-2", credentials: caller, ...config });

  it("is one that it was given, in every form that the SDK takes", async () => {
    const url = "http://127.0.0.1:4566/";
    const parts = { protocol: "http:", hostname: "127.0.0.1", port: 4566, path: "/" };
    for (const config of [{ endpoint: url }, { endpoint: parts }, { endpoint: async () => parts }]) {
      expect(await hasOwnEndpoint(own(config).config, {})).to.equal(true);
    }
  });

  it("is none where AWS is spoken to", async () => {
    expect(await hasOwnEndpoint(own({}).config, {})).to.equal(false);
  });

  it("is one that the environment names for AWS Backup alone", async () => {
    const url = "http://127.0.0.1:4566";

    expect(await hasOwnEndpoint(own({}).config, { AWS_ENDPOINT_URL_BACKUP: url })).to.equal(true);
    expect(await hasOwnEndpoint(own({}).config, { AWS_ENDPOINT_URL_BACKUP: url, AWS_ENDPOINT_URL: url })).to.equal(
      false,
    );
  });

  it("is not one that a version of the SDK wrote into the client from the environment", async () => {
    const endpoint = async () => ({ protocol: "http:", hostname: "127.0.0.1", port: 4566, path: "/" });
    const written = {
      isCustomEndpoint: true,
      endpoint,
      serviceConfiguredEndpoint: async () => "http://127.0.0.1:4566",
    };

    expect(await hasOwnEndpoint(written, {})).to.equal(false);
    expect(
      await hasOwnEndpoint({ ...written, serviceConfiguredEndpoint: async () => "http://127.0.0.1:4567" }, {}),
    ).to.equal(true);
  });

  it("is not AWS_ENDPOINT_URL, which holds for every client, also after the SDK has used it", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const { AWS_ENDPOINT_URL: before } = process.env;
      process.env.AWS_ENDPOINT_URL = emulator.url;
      try {
        const client = own({ credentials: emulator.clientConfig().credentials });
        await client.send(new CreateBackupVaultCommand(input));

        expect(await hasOwnEndpoint(client.config)).to.equal(false);
      } finally {
        if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
        else process.env.AWS_ENDPOINT_URL = before;
      }
    }));
});

function identityOf(credentials: unknown): Promise<unknown> {
  return typeof credentials === "function" ? credentials() : Promise.resolve(credentials);
}
