import { BackupClient, ListBackupVaultsCommand } from "@aws-sdk/client-backup";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { DescribeOrganizationCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { type Emulator, type EmulatorEvent, type Fault, startEmulator } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { keyArn, memberWorld } from "./worlds.js";

const identity = (emulator: Emulator, options: { abortSignal?: AbortSignal } = {}) =>
  new STSClient({ ...emulator.clientConfig(), maxAttempts: 1 }).send(new GetCallerIdentityCommand({}), options);

const withFaults = <T>(faults: Fault[], use: (emulator: Emulator) => Promise<T>) =>
  served({ world: memberWorld(), faults }, use);

describe("Faults of the emulator", () => {
  it("throttle as each service does", () =>
    withFaults([{ effect: "throttle" }], async (emulator) => {
      const config = { ...emulator.clientConfig(), maxAttempts: 1 };
      const failures = [
        await failureOf(new IAMClient(config).send(new GetRoleCommand({ RoleName: "Deployer" }))),
        await failureOf(identity(emulator)),
        await failureOf(new KMSClient(config).send(new DescribeKeyCommand({ KeyId: keyArn }))),
        await failureOf(new OrganizationsClient(config).send(new DescribeOrganizationCommand({}))),
        await failureOf(new BackupClient(config).send(new ListBackupVaultsCommand({}))),
      ];
      expect(failures.map(({ name, status }) => `${name} ${status}`)).to.deep.equal([
        "Throttling 400",
        "Throttling 400",
        "ThrottlingException 400",
        "TooManyRequestsException 400",
        "ThrottlingException 400",
      ]);
    }));

  it("strike only the operation that they name, and only as often as they say", () =>
    withFaults([{ effect: "throttle", service: "sts", operation: "GetCallerIdentity", times: 1 }], async (emulator) => {
      const role = await new IAMClient(emulator.clientConfig()).send(new GetRoleCommand({ RoleName: "Deployer" }));
      expect(role.Role?.RoleName).to.equal("Deployer");
      expect((await failureOf(identity(emulator))).name).to.equal("Throttling");
      expect((await identity(emulator)).Account).to.equal("444455556666");
    }));

  it("strike with the probability that they say", () => {
    const chances = [0.4, 0.6, 0.1];
    return served(
      {
        world: memberWorld(),
        faults: [{ effect: "error", code: "ServiceFailure", status: 500, probability: 0.5 }],
        random: () => chances.shift() ?? 1,
      },
      async (emulator) => {
        const statuses: (number | null)[] = [];
        for (let index = 0; index < 4; index += 1) await identity(emulator).catch(() => undefined);
        for (const { status } of emulator.requests) statuses.push(status);
        expect(statuses).to.deep.equal([500, 200, 500, 200]);
      },
    );
  });

  it("answer as a proxy in between would", () =>
    withFaults(
      [{ effect: "answer", status: 403, contentType: "text/html", body: "<html>Forbidden</html>" }],
      async (emulator) => {
        const answer = await fetch(emulator.url);
        expect([answer.status, await answer.text()]).to.deep.equal([403, "<html>Forbidden</html>"]);
      },
    ));

  it("break the connection", () =>
    withFaults([{ effect: "reset" }], async (emulator) => {
      expect((await failureOf(identity(emulator))).name).to.be.oneOf(["ECONNRESET", "Error", "TimeoutError"]);
      expect(emulator.requests[0]?.status).to.equal(null);
    }));

  it("hang until the client gives up, on a socket and in the same process", () =>
    withFaults([{ effect: "hang" }], async (emulator) => {
      const received = new Promise<void>((resolve) => {
        emulator.subscribe(({ type }) => type === "requestReceived" && resolve());
      });
      const giveUp = new AbortController();
      const failing = failureOf(identity(emulator, { abortSignal: giveUp.signal }));
      await received;
      giveUp.abort();
      expect((await failing).name).to.equal("AbortError");

      const inProcess = new STSClient({ ...emulator.clientConfig(), requestHandler: emulator.requestHandler });
      const late = failureOf(inProcess.send(new GetCallerIdentityCommand({}), { abortSignal: AbortSignal.abort() }));
      expect((await late).name).to.equal("AbortError");
    }));

  it("that hang do not keep the emulator from stopping", async () => {
    const emulator = await startEmulator({ world: memberWorld(), faults: [{ effect: "hang" }] });
    const received = new Promise<void>((resolve) => {
      emulator.subscribe(({ type }) => type === "requestReceived" && resolve());
    });
    const failing = failureOf(identity(emulator));
    await received;
    await emulator.stop();
    expect((await failing).name).to.be.oneOf(["ECONNRESET", "Error", "TimeoutError"]);
  });

  it("can be injected and taken back while it runs", () =>
    withFaults([], async (emulator) => {
      emulator.inject({ effect: "delay", milliseconds: 1 });
      emulator.inject({ effect: "error", service: "sts", code: "ServiceUnavailable", status: 503 });
      expect((await failureOf(identity(emulator))).status).to.equal(503);
      emulator.clearFaults();
      expect((await identity(emulator)).Account).to.equal("444455556666");
    }));
});

describe("The emulator's life", () => {
  it("is told: requests received, answered and dropped, resets and the end", async () => {
    const told: EmulatorEvent[] = [];
    const emulator = await startEmulator({ world: memberWorld(), onEvent: (event) => told.push(event) });
    await identity(emulator);
    emulator.inject({ effect: "reset" });
    await failureOf(identity(emulator));
    emulator.reset();
    await emulator.stop();
    await emulator.stop();
    expect(told.map(({ type }) => type)).to.deep.equal([
      "requestReceived",
      "requestAnswered",
      "requestReceived",
      "requestDropped",
      "reset",
      "stopped",
    ]);
  });

  it("does not touch the world that it was given", async () => {
    const world = memberWorld();
    const before = JSON.stringify(world);
    await served({ world }, async (emulator) => {
      emulator.world.accounts.splice(0);
      await Promise.resolve();
    });
    expect(JSON.stringify(world)).to.equal(before);
  });
});
