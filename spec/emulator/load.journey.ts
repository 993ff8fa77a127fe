import { Agent, request } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { startEmulator, type World } from "../../lib/emulator/index.js";
import { type PlainRequest, signed } from "./signed.js";
import { accountId, keyArn, memberWorld, vaultArn } from "./worlds.js";

const total = 10_000;
const connections = 50;

const form = (service: string, body: string): PlainRequest => ({
  method: "POST",
  path: "/",
  service,
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body,
});
const json = (service: string, target: string, input: object): PlainRequest => ({
  method: "POST",
  path: "/",
  service,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
  body: JSON.stringify(input),
});
const rest = (method: string, path: string, input?: object): PlainRequest => ({
  method,
  path,
  service: "backup",
  headers: {},
  body: input === undefined ? "" : JSON.stringify(input),
});

/** One of every protocol, answers and errors alike; `operation` is how the log names it. */
const mixed: ((index: number) => { operation: string; request: PlainRequest })[] = [
  () => ({ operation: "GetCallerIdentity", request: form("sts", "Action=GetCallerIdentity&Version=2011-06-15") }),
  () => ({ operation: "GetRole", request: form("iam", "Action=GetRole&Version=2010-05-08&RoleName=Deployer") }),
  () => ({ operation: "GetRole", request: form("iam", "Action=GetRole&Version=2010-05-08&RoleName=Nobody") }),
  () => ({ operation: "NoSuchThing", request: form("iam", "Action=NoSuchThing&Version=2010-05-08") }),
  () => ({ operation: "DescribeKey", request: json("kms", "TrentService.DescribeKey", { KeyId: keyArn }) }),
  () => ({ operation: "DescribeKey", request: json("kms", "TrentService.DescribeKey", { KeyId: "none" }) }),
  () => ({
    operation: "DescribeOrganization",
    request: json("organizations", "AWSOrganizationsV20161128.DescribeOrganization", {}),
  }),
  (index) => ({
    operation: "CreateBackupVault",
    request: rest("PUT", `/backup-vaults/vault-${index}`, { EncryptionKeyArn: keyArn }),
  }),
  (index) => ({ operation: "DescribeBackupVault", request: rest("GET", `/backup-vaults/vault-${index - 1}`) }),
  () => ({ operation: "ListTags", request: rest("GET", `/tags/${encodeURIComponent(vaultArn)}`) }),
  () => ({
    operation: "SimulatePrincipalPolicy",
    request: form(
      "iam",
      new URLSearchParams({
        Action: "SimulatePrincipalPolicy",
        Version: "2010-05-08",
        PolicySourceArn: `arn:aws:iam::${accountId}:role/team/Deployer`,
        "ActionNames.member.1": "kms:Decrypt",
        "ResourceArns.member.1": keyArn,
      }).toString(),
    ),
  }),
];

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

function isWellFormed({ status, headers, body }: Answer, service: string): boolean {
  if (typeof headers["x-amzn-requestid"] !== "string" || Number.isNaN(Date.parse(String(headers.date)))) return false;
  if (service === "iam" || service === "sts") {
    return status === 200
      ? /^<(\w+)Response .*<RequestId>[\w-]+<\/RequestId><\/ResponseMetadata><\/\1Response>$/s.test(body)
      : /^<ErrorResponse .*<Code>\w+<\/Code>.*<\/ErrorResponse>$/s.test(body);
  }
  const value: unknown = body === "" ? {} : JSON.parse(body);
  return typeof value === "object" && value !== null;
}

describe("The emulator under load", () => {
  it(`answers ${total} mixed requests over ${connections} connections, and logs each`, async function () {
    this.timeout(600_000);
    const emulator = await startEmulator({ world: memberWorld() });
    const { hostname, port, host } = new URL(emulator.url);
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    const { credentials, region } = emulator.clientConfig();
    let sockets = 0;

    const send = (plain: PlainRequest): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const { method, path, body } = plain;
        const headers = { ...signed(plain, host, credentials, region), "content-length": Buffer.byteLength(body) };
        const outgoing = request({ agent, hostname, port, method, path, headers }, (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        });
        outgoing.on("socket", (socket) => {
          if (socket.connecting) sockets += 1;
        });
        outgoing.on("error", reject);
        outgoing.end(body);
      });

    const expected = new Map<string, number>();
    let next = 0;
    const faults: string[] = [];
    const worker = async () => {
      while (next < total) {
        const index = next;
        next += 1;
        const make = mixed[index % mixed.length];
        if (make === undefined) continue;
        const { operation, request: plain } = make(index);
        expected.set(operation, (expected.get(operation) ?? 0) + 1);
        const answer = await send(plain);
        if (!isWellFormed(answer, plain.service)) faults.push(`${operation}: ${answer.status} ${answer.body}`);
      }
    };
    await Promise.all(Array.from({ length: connections }, worker));
    agent.destroy();
    await emulator.stop();

    expect(faults).to.deep.equal([]);
    expect(sockets).to.be.at.most(connections);
    const logged = new Map<string, number>();
    for (const { operation, status } of emulator.requests) {
      expect(status).to.be.a("number");
      logged.set(operation, (logged.get(operation) ?? 0) + 1);
    }
    expect(Object.fromEntries(logged)).to.deep.equal(Object.fromEntries(expected));
    expect(Math.max(...emulator.requests.map(({ inFlight }) => inFlight))).to.be.at.most(connections);
  });

  it("lets go of the world once it has stopped", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const used = async (): Promise<WeakRef<World>> => {
      const emulator = await startEmulator({ world: memberWorld() });
      await fetch(emulator.url);
      const world = new WeakRef(emulator.world);
      await emulator.stop();
      return world;
    };
    const world = await used();
    // A WeakRef holds what it was made with until the current job ends; sockets end in jobs of their own.
    for (let round = 0; round < 10 && world.deref() !== undefined; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
    }
    expect(world.deref()).to.equal(undefined);
  });
});
