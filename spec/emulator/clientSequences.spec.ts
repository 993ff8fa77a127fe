import { readFileSync } from "node:fs";
import * as backup from "@aws-sdk/client-backup";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as sts from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { EmulatorClientConfig } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, keyArn, memberWorld } from "./worlds.js";

/* What Terraform's provider and CloudFormation's handlers (as CDK deploys) call, one after another, by their own sources. */

interface Step {
  call: string;
  input: Record<string, unknown>;
  /** Names for members of the answer, by their paths. */
  save?: Record<string, string>;
  expect?: Record<string, unknown>;
  refused?: string;
  saying?: string;
}
interface Sequence {
  client: string;
  what: string;
  source: string;
  steps: Step[];
}
const sequences = JSON.parse(
  readFileSync(new URL("tables/clientSequences.json", import.meta.url), "utf8"),
) as Sequence[];

const principal = { AWS: `arn:aws:iam::${accountId}:root` };
const texts: Record<string, string> = {
  KEYARN: keyArn,
  DOCUMENT: JSON.stringify(allow("backup:*")),
  POLICY: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "kms:*", Resource: "*" }],
  }),
  TRUST: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "backup.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
  UNTRUSTED: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:role/NotYet` }, Action: "sts:AssumeRole" },
    ],
  }),
  VAULTPOLICY: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "backup:DeleteRecoveryPoint", Resource: "*" }],
  }),
};

interface Sender {
  send(command: unknown): Promise<unknown>;
}
const sdks: Record<string, Record<string, unknown>> = { backup, iam, kms, sts };
const clientNames: Record<string, string> = {
  backup: "BackupClient",
  iam: "IAMClient",
  kms: "KMSClient",
  sts: "STSClient",
};

function send(config: EmulatorClientConfig, call: string, input: unknown): Promise<unknown> {
  const [service = "", operation] = call.split(":");
  const made = (name: string, given: unknown) =>
    Reflect.construct(sdks[service]?.[name] as new (input: unknown) => unknown, [given]);
  const client = made(clientNames[service] ?? "", { ...config, maxAttempts: 1 }) as Sender;
  return client.send(made(`${operation}Command`, input));
}

const at = (answer: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], answer);

describe("The calls of", () => {
  for (const { client, what, steps } of sequences) {
    it(`${client}: ${what}`, () =>
      served({ world: memberWorld({ identity: allow("*") }) }, async (emulator) => {
        const config = emulator.clientConfig();
        const names = { ...texts };
        const filled = <T>(value: T): T =>
          JSON.parse(JSON.stringify(value), (_, one) =>
            typeof one === "string" && one.startsWith("$") ? (names[one.slice(1)] ?? one) : one,
          ) as T;
        for (const step of steps) {
          const { call, input, save = {}, expect: expected = {}, refused, saying } = step;
          if (refused !== undefined) {
            const failure = await failureOf(send(config, call, filled(input)));
            expect(failure.name, call).to.equal(refused);
            expect(failure.message, call).to.include(saying);
            continue;
          }
          const answer = await send(config, call, filled(input));
          for (const [name, path] of Object.entries(save)) names[name] = String(at(answer, path));
          for (const [path, value] of Object.entries(filled(expected))) {
            expect(at(answer, path), `${call} ${path}`).to.equal(value);
          }
        }
      }));
  }
});
