import { BackupClient } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { tellHook } from "../../lib/client/tellHook.js";
import { isDenial } from "../../lib/denial/isDenial.js";
import { BackupVaultAccessDeniedError, checkBackupVaultAccess, createBackupVault } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { evidenceFrom, input, lacksMountCapsule, rejection } from "./refusals.js";

/** Does something to a client as soon as AWS has refused. */
function afterRefusal(client: BackupClient, change: () => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } finally {
        change();
      }
    },
    { step: "initialize", priority: "low" },
  );
}

describe("The refusal arrives", () => {
  it("though the client's Region hangs once AWS has refused", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      afterRefusal(client, () => {
        client.config.region = () => new Promise(() => {});
      });

      const error = await rejection(
        createBackupVault(client, input, { deadline: 200, evidence: evidenceFrom(emulator) }),
      );

      expect(error).to.have.property("name", "AccessDeniedException");
    }));

  it("explained, though the deadline is longer than any timer and the Region takes its time", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      afterRefusal(client, () => {
        client.config.region = () => new Promise((resolve) => setImmediate(() => resolve("us-west-2")));
      });
      const deadline = new Date(Date.now() + 40 * 24 * 60 * 60 * 1000);

      const error = await rejection(createBackupVault(client, input, { deadline, evidence: evidenceFrom(emulator) }));

      expect(error).to.have.property("blockingLayer", "identity-policy");
    }));

  it("though the client's configuration throws once AWS has refused", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      afterRefusal(client, () =>
        Object.defineProperty(client, "config", {
          get: () => {
            throw new TypeError("no configuration");
          },
        }),
      );

      const error = await rejection(createBackupVault(client, input, { evidence: evidenceFrom(emulator) }));

      expect(error).to.have.property("name", "AccessDeniedException");
    }));
});

describe("A check", () => {
  it("ends by its deadline, though the client's Region hangs", async () => {
    const client = new BackupClient({ region: () => new Promise<string>(() => {}) });

    const error = await rejection(checkBackupVaultAccess({ backupVaultName: "prod-vault" }, { client, deadline: 100 }));

    expect(error).to.have.property("name", "TimeoutError");
  });
});

describe("What is caught", () => {
  it("is no refusal where looking at it throws", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const getter = Object.defineProperty({ message: "no" }, "name", {
      get: () => {
        throw new TypeError("not to be read");
      },
    });

    expect([proxy, getter].map(isDenial)).to.deep.equal([false, false]);
    expect([proxy, getter].map((one) => BackupVaultAccessDeniedError.isInstance(one))).to.deep.equal([false, false]);
  });
});

describe("A hook", () => {
  it("may return a promise that rejects and whose own catch and then do nothing", async () => {
    const unhandled: unknown[] = [];
    const hear = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", hear);
    const odd = () => Object.assign(Promise.reject(new Error("odd")), { catch: () => {} });

    tellHook(odd, "told");
    await new Promise((resolve) => setImmediate(resolve));

    process.off("unhandledRejection", hear);
    expect(unhandled).to.deep.equal([]);
  });
});
