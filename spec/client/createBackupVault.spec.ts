import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import {
  BackupVaultAccessDeniedError,
  createBackupVault,
  getDenialDiagnosisPlugin,
  InvalidRequestError,
} from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { accessDenied, asked, evidenceFrom, input, lacksMountCapsule, rejection } from "./refusals.js";

const frontDoor =
  "User: arn:aws:sts::444455556666:assumed-role/Deployer/ci-run-1 is not authorized to perform: backup:CreateBackupVault on resource: arn:aws:backup:us-west-2:444455556666:backup-vault:prod-vault with an explicit deny in a service control policy";

// specification, section 8
describe("createBackupVault with a mocked client", () => {
  const offline = { region: "us-west-2", endpoint: "http://127.0.0.1:9", credentials: nobody() };

  it("throws the mocked denial as the cause, the same object", async () => {
    const original = accessDenied(frontDoor);
    const client = new BackupClient(offline);
    mockClient(client).on(CreateBackupVaultCommand).rejects(original);

    const error = (await rejection(createBackupVault(client, input))) as BackupVaultAccessDeniedError;

    expect(error).to.be.instanceOf(BackupVaultAccessDeniedError);
    expect(error.cause).to.equal(original);
    expect(error.$metadata).to.equal(original.$metadata);
    expect(error.message.split("\n")[0]).to.equal(frontDoor);
  });

  it("reads the layer from the denial's own words where no evidence may be read", async () => {
    const client = new BackupClient(offline);
    mockClient(client).on(CreateBackupVaultCommand).rejects(accessDenied(frontDoor));

    const error = (await rejection(createBackupVault(client, input))) as BackupVaultAccessDeniedError;

    expect(error.blockingLayer).to.equal("service-control-policy");
  });

  it("explains a denial that a test made by hand, without $fault and $metadata", async () => {
    const bare = Object.assign(new Error(frontDoor), { name: "AccessDeniedException" });
    const client = new BackupClient(offline);
    mockClient(client).on(CreateBackupVaultCommand).rejects(bare);

    const error = (await rejection(createBackupVault(client, input))) as BackupVaultAccessDeniedError;

    expect(error).to.be.instanceOf(BackupVaultAccessDeniedError);
    expect(error.cause).to.equal(bare);
    expect(error.$fault).to.equal("client");
    expect(error.$metadata).to.deep.equal({});
  });

  it("explains a denial though the client has no Region", async () => {
    const client = new BackupClient({
      ...offline,
      region: () => Promise.reject<string>(new Error("Region is missing")),
    });
    mockClient(client).on(CreateBackupVaultCommand).rejects(accessDenied(frontDoor));

    const error = (await rejection(createBackupVault(client, input))) as BackupVaultAccessDeniedError;

    expect(error.blockers.map(({ layer }) => layer)).to.deep.equal(["service-control-policy"]);
  });

  it("hands over what the mock resolves", async () => {
    const client = new BackupClient(offline);
    mockClient(client).on(CreateBackupVaultCommand).resolves({ BackupVaultName: "prod-vault" });

    const made = await createBackupVault(client, input);

    expect(made).to.deep.equal({ BackupVaultName: "prod-vault" });
  });

  it("hands AWS the input as it is, since AWS judges it", async () => {
    const client = new BackupClient(offline);
    const mock = mockClient(client).on(CreateBackupVaultCommand).resolves({});
    const odd = { BackupVaultName: "no such name!" };

    await createBackupVault(client, odd);

    expect(mock.commandCalls(CreateBackupVaultCommand)[0]?.args[0].input).to.equal(odd);
  });

  it("refuses a wrong option before any call", async () => {
    const client = new BackupClient(offline);
    const mock = mockClient(client).on(CreateBackupVaultCommand).resolves({});
    const misspelt = { deadlin: 1000 } as object;

    const error = await rejection(createBackupVault(client, input, misspelt));

    expect(error).to.be.instanceOf(InvalidRequestError).and.instanceOf(TypeError);
    expect((error as Error).message).to.equal("options.deadlin: is not known; did you mean deadline?");
    expect(mock.calls()).to.have.length(0);
  });
});

describe("createBackupVault with a client that has the plugin too", () => {
  it("diagnoses once", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const options = { evidence: evidenceFrom(emulator) };
      const client = new BackupClient(emulator.clientConfig());
      client.middlewareStack.use(getDenialDiagnosisPlugin(options));
      client.middlewareStack.use(getDenialDiagnosisPlugin(options));

      const error = (await rejection(createBackupVault(client, input, options))) as BackupVaultAccessDeniedError;

      expect(error.blockingLayer).to.equal("identity-policy");
      expect(BackupVaultAccessDeniedError.isInstance(error.cause)).to.equal(false);
      expect(asked(emulator).filter((call) => call === "sts:GetCallerIdentity")).to.have.length(1);
    }));
});

/** Credentials that belong to nobody. */
function nobody() {
  return { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
}
