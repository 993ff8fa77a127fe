import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { BackupClient, BackupServiceException, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { layers } from "../../lib/facts/layers.js";
import { BackupVaultAccessDeniedError, createBackupVault, diagnose, parseSnapshot } from "../../lib/index.js";
import {
  emptyDenial,
  frontDoorDenial,
  opaqueDenial,
  proxyPageDenial,
  sampleSnapshot,
  untypedDenial,
  vaultAccessDeniedError,
} from "../../lib/testing/index.js";
import { rejection } from "../client/refusals.js";
import { failing } from "./failing.js";

const vaultArn = "arn:aws:backup:us-west-2:111122223333:backup-vault:prod-vault";
const user = "arn:aws:sts::111122223333:assumed-role/Deployer/session";
const frontDoor = `User: ${user} is not authorized to perform: backup:CreateBackupVault on resource: ${vaultArn}`;
const typed = { "x-amzn-errortype": "AccessDeniedException", "content-type": "application/json" };

/** What the SDK throws where AWS Backup, or something in between, answers so. */
async function thrownFor(headers: Record<string, string>, body: string): Promise<Error> {
  const server = createServer((_, response) => {
    response.writeHead(403, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = new BackupClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "us-west-2",
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
  });
  try {
    return (await rejection(client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" })))) as Error;
  } finally {
    client.destroy();
    server.close();
  }
}

describe("Denials for unit tests", () => {
  for (const { title, double, headers, body } of [
    {
      title: "frontDoorDenial",
      double: frontDoorDenial(),
      headers: typed,
      body: JSON.stringify({
        message: `${frontDoor} because no identity-based policy allows the backup:CreateBackupVault action`,
      }),
    },
    {
      title: "opaqueDenial",
      double: opaqueDenial(),
      headers: typed,
      body: JSON.stringify({
        Message:
          "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.",
      }),
    },
    { title: "emptyDenial", double: emptyDenial(), headers: typed, body: "{}" },
    { title: "untypedDenial", double: untypedDenial(), headers: {}, body: "" },
    {
      title: "proxyPageDenial",
      double: proxyPageDenial(),
      headers: { "content-type": "text/html" },
      body: "<html><head><title>403 Forbidden</title></head><body>Blocked</body></html>",
    },
  ]) {
    it(`${title} is what the SDK throws for such an answer`, async () => {
      const real = await thrownFor(headers, body);

      expect(double.name).to.equal(real.name);
      // V8's own words of a syntax error differ from one version of Node.js to the next.
      if (!(real instanceof SyntaxError)) expect(double.message).to.equal(real.message);
      expect(double.constructor.name).to.equal(real.constructor.name);
      expect(double instanceof BackupServiceException).to.equal(real instanceof BackupServiceException);
      const shape = (error: Error) => {
        const { $metadata, $fault } = error as Error & { $metadata?: { httpStatusCode?: number }; $fault?: string };
        return { status: $metadata?.httpStatusCode, fault: $fault };
      };
      expect(shape(double)).to.deep.equal(shape(real));
    });
  }

  for (const [layer, effect, why] of [
    [
      "permissions-boundary",
      "implicitDeny",
      "because no permissions boundary allows the backup:CreateBackupVault action",
    ],
    ["session-policy", "explicitDeny", "with an explicit deny in a session policy"],
    ["service-control-policy", "explicitDeny", "with an explicit deny in a service control policy"],
    [
      "vpc-endpoint-policy",
      "implicitDeny",
      "because no VPC endpoint policy allows the backup:CreateBackupVault action",
    ],
    ["identity-policy", "explicitDeny", "with an explicit deny in an identity-based policy"],
  ] as const) {
    it(`frontDoorDenial names ${layer} by ${effect} in AWS's words`, () => {
      expect(frontDoorDenial({ layer, effect }).message).to.equal(`${frontDoor} ${why}`);
    });
  }

  it("frontDoorDenial names the policy's ARN, as AWS does since 2026", () => {
    const policyArn = "arn:aws:organizations::999900001111:policy/o-exampleorg/service_control_policy/p-guardrail";

    const { message } = frontDoorDenial({ layer: "service-control-policy", effect: "explicitDeny", policyArn });

    expect(message).to.match(
      /with an explicit deny in a service control policy: arn:aws:organizations::.*p-guardrail$/,
    );
  });

  it("frontDoorDenial refuses a layer that never refuses the vault's own call", async () => {
    const { message } = await failing(() => frontDoorDenial({ layer: "key-policy" as "identity-policy" }));

    expect(message).to.match(/^frontDoorDenial\.layer: expected one of identity-policy, .*found "key-policy"$/);
  });

  for (const [title, denial] of [
    ["front-door", frontDoorDenial({ layer: "service-control-policy", effect: "explicitDeny" })],
    ["opaque", opaqueDenial()],
    ["empty", emptyDenial()],
    ["untyped", untypedDenial()],
  ] as const) {
    it(`the ${title} one, by aws-sdk-client-mock, is diagnosed by createBackupVault`, async () => {
      const mock = mockClient(BackupClient);
      mock.on(CreateBackupVaultCommand).rejects(denial);
      const client = new BackupClient({
        region: "us-west-2",
        endpoint: "http://127.0.0.1:9",
        credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
      });
      try {
        const error = await rejection(createBackupVault(client, { BackupVaultName: "prod-vault" }));

        expect(error).to.be.instanceOf(BackupVaultAccessDeniedError);
        expect((error as BackupVaultAccessDeniedError).cause).to.equal(denial);
      } finally {
        mock.restore();
      }
    });
  }

  it("a proxy's page is no denial: createBackupVault throws it as it is", async () => {
    const page = proxyPageDenial();
    const mock = mockClient(BackupClient);
    mock.on(CreateBackupVaultCommand).rejects(page);
    try {
      const error = await rejection(
        createBackupVault(new BackupClient({ region: "us-west-2" }), { BackupVaultName: "prod-vault" }),
      );

      expect(error).to.equal(page);
    } finally {
      mock.restore();
    }
  });
});

describe("sampleSnapshot", () => {
  it("is a snapshot in which the vault may be created, for sure", () => {
    const { outcome, assumptions, suspects } = diagnose(parseSnapshot(sampleSnapshot()));

    expect({ outcome, assumptions, suspects }).to.deep.equal({ outcome: "allowed", assumptions: [], suspects: [] });
  });

  for (const layer of layers) {
    it(`is one that ${layer} alone stops, for sure`, () => {
      const { blockers, suspects } = diagnose(parseSnapshot(sampleSnapshot(layer)));

      expect(blockers.map(({ layer: by, certainty }) => [by, certainty])).to.deep.equal([[layer, "confirmed"]]);
      expect(suspects).to.deep.equal([]);
    });
  }
});

describe("vaultAccessDeniedError", () => {
  for (const layer of layers) {
    it(`is the error of a refusal by ${layer}, whose denial fits`, () => {
      const error = vaultAccessDeniedError(layer);

      expect(BackupVaultAccessDeniedError.isInstance(error)).to.equal(true);
      expect(error.name).to.equal("AccessDeniedException");
      expect(error.blockingLayer).to.equal(layer);
      expect(error.diagnosis.disagreements).to.deep.equal([]);
      expect(error.message).to.include(`[${layer}] `);
    });
  }

  it("is what an application under aws-sdk-client-mock gets, to test how it handles it", async () => {
    const mock = mockClient(BackupClient);
    mock.on(CreateBackupVaultCommand).rejects(vaultAccessDeniedError("permissions-boundary"));
    const deploy = async () => {
      try {
        await new BackupClient({}).send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" }));
        return "created";
      } catch (error) {
        return BackupVaultAccessDeniedError.isInstance(error) ? `ask for ${error.blockingLayer}` : "broken";
      }
    };
    try {
      expect(await deploy()).to.equal("ask for permissions-boundary");
    } finally {
      mock.restore();
    }
  });

  it("takes evidence of one's own", () => {
    const snapshot = sampleSnapshot("key-state");

    expect(vaultAccessDeniedError(snapshot).diagnosis.blockingLayer).to.equal("key-state");
  });

  it("refuses what is no denial", async () => {
    const { message } = await failing(() => vaultAccessDeniedError("key-policy", new Error("reset")));

    expect(message).to.match(/^original: expected a denial/);
  });

  it("an error for a layer that there is not is refused, and told which there are", () => {
    for (const cause of ["bogus", undefined, 3]) {
      expect(() => vaultAccessDeniedError(cause as never)).to.throw(
        /^cause: expected a snapshot or one of identity-policy,/,
      );
    }
    expect(() => vaultAccessDeniedError({} as never)).to.throw(/snapshotVersion/);
  });
});
