import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import type { ClientSettings } from "../../lib/aws/ClientSettings.js";
import type { Emulator, World } from "../../lib/emulator/index.js";
import { account, group, key, startEmulator, user, world } from "../../lib/emulator/index.js";
import {
  BackupVaultAccessDeniedError,
  checkBackupVaultAccess,
  type Diagnosis,
  explainDenial,
} from "../../lib/index.js";
import { accountId, allow, deny, keyArn, memberWorld } from "../emulator/worlds.js";
import { operationOf } from "../evidence/roundTrips.js";
import { damagesOf } from "./damages.js";
import { doors } from "./doors.js";
import { evidenceFrom, input, rejection } from "./refusals.js";
import { watchErrors } from "./watchErrors.js";

type Handler = NonNullable<ClientSettings["requestHandler"]>;

/** What operations are answered with instead. */
let strikes: ReadonlyMap<string, string> = new Map();

const worlds: Readonly<Record<string, () => World>> = {
  "a role in an organization": () =>
    memberWorld({
      boundary: allow("backup:*", "kms:*"),
      serviceControl: deny("ec2:*"),
      role: { attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"] },
    }),
  "a user in a group": () =>
    world({
      region: "us-west-2",
      caller: { arn: `arn:aws:iam::${accountId}:user/alice` },
      accounts: [
        account({
          id: accountId,
          users: [
            user({
              name: "alice",
              groups: ["Operators"],
              inlinePolicies: [{ name: "Keys", document: allow("kms:*") }],
            }),
          ],
          groups: [group({ name: "Operators", inlinePolicies: [{ name: "Vaults", document: allow("backup:*") }] })],
          keys: [key({ arn: keyArn })],
        }),
      ],
    }),
};

/** The emulator's answers, each asked for once, kept as they came or damaged on their way. */
function damaging(emulator: Emulator): { handler: Handler; answers: Map<string, string> } {
  const answers = new Map<string, string>();
  const kept = new Map<string, Promise<{ statusCode: number; headers: Record<string, string>; body: string }>>();
  return {
    answers,
    handler: {
      metadata: emulator.requestHandler.metadata,
      async handle(request, options) {
        const operation = operationOf(request);
        // CreateBackupVault is refused anew each time; the simulator is asked with another time each time.
        if (operation === "") return emulator.requestHandler.handle(request, options);
        const question = `${operation} ${bodyText(request.body).replace(/20\d\d-[\w%.:-]+Z|\b\d{10}\b/g, "")}`;
        const known =
          kept.get(question) ??
          emulator.requestHandler
            .handle(request, options)
            .then(async ({ response }) => ({ ...response, body: await text(response.body) }));
        kept.set(question, known);
        const answer = await known;
        if (answer.statusCode === 200 && !answers.has(operation)) answers.set(operation, answer.body);
        const sent = strikes.get(operation) ?? answer.body;
        return { response: { ...answer, body: Readable.from([Buffer.from(sent)]) } };
      },
    },
  };
}

/** A sample that a seed repeats. */
function sampled<T>(all: readonly T[], count: number, seed: number): T[] {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pool = [...all];
  for (let at = pool.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [pool[at], pool[other]] = [pool[other] as T, pool[at] as T];
  }
  return pool.slice(0, count);
}

/** The first rounds, in each of which no operation stands twice. */
function rounded<T extends { operation: string }>(all: readonly T[]): T[][] {
  const left = [...all];
  return Array.from({ length: roundCount }, () => {
    const round: T[] = [];
    for (let at = 0; round.length < perRound && at < left.length; at += 1) {
      const one = left[at];
      if (one === undefined || round.some(({ operation }) => operation === one.operation)) continue;
      round.push(one);
      left.splice(at, 1);
      at -= 1;
    }
    expect(round).to.have.length(perRound);
    return round;
  });
}

/** Whether the diagnosis rests on no evidence at all. */
function isBlind({ actions }: Diagnosis): boolean {
  return actions.every(({ layers }) =>
    Object.values(layers).every(({ sources }) => sources.every((source) => source === "denial-message")),
  );
}

/** For each world and seed, so many rounds of so many damaged answers. */
const roundCount = 125;
const perRound = 4;
const fixedSeed = 20_261_126;
const given = Number(process.env.DAMAGE_SEED);
const seeds = Number.isInteger(given) && given > 0 ? [given] : [fixedSeed, Math.floor(Math.random() * 2 ** 31)];

// specification, section 6 and rule 17; 2,000 in all.
describe("A damaged answer", function () {
  this.timeout(600_000);

  for (const [of, made] of Object.entries(worlds)) {
    for (const seed of seeds) {
      it(`costs no more than its own read, for ${of} (DAMAGE_SEED=${seed} repeats it)`, async () => {
        const unhandled: unknown[] = [];
        const note = (reason: unknown) => unhandled.push(reason);
        process.on("unhandledRejection", note);
        const emulator = await startEmulator({ world: made() });
        try {
          const { handler, answers } = damaging(emulator);
          const config = { ...emulator.clientConfig(), requestHandler: handler };
          const failed: unknown[] = [];
          const options = {
            evidence: evidenceFrom(emulator),
            share: false,
            probe: "dry-run" as const,
            onFailure: (error: unknown) => failed.push(error),
          };
          const [first] = doors;
          if (first === undefined) throw new Error("there is no door");
          const undamaged = (await rejection(first.open(config, options).create())) as BackupVaultAccessDeniedError;
          expect(isBlind(undamaged.diagnosis)).to.equal(false);
          const cases = [...answers].flatMap(([operation, body]) =>
            damagesOf(body).map((damage) => ({ ...damage, operation })),
          );
          const handles = process.getActiveResourcesInfo().length;
          let blind = 0;

          // Several at a time, each of another operation: no gentler, and as many damaged answers in less time.
          const rounds = rounded(sampled(cases, cases.length, seed));
          for (const [index, round] of rounds.entries()) {
            strikes = new Map(round.map(({ operation, body }) => [operation, body]));
            const where = round.map(({ operation, path, what }) => `${operation} ${path.join(".")} ${what}`).join("; ");
            if (isBlind(await diagnosedBy(index, config, options, where))) blind += 1;
          }

          await new Promise(setImmediate);
          expect(unhandled).to.deep.equal([]);
          expect(failed).to.deep.equal([]);
          expect(process.getActiveResourcesInfo().length).to.be.at.most(handles);
          expect(blind).to.be.at.most(rounds.length * 0.02);
        } finally {
          strikes = new Map();
          process.off("unhandledRejection", note);
          await emulator.stop();
        }
      });
    }
  }
});

type Options = Parameters<(typeof doors)[number]["open"]>[1];

/** One door after the other: those that create, whose error must be AWS's own, explained, and those that only ask. */
async function diagnosedBy(
  index: number,
  config: ConstructorParameters<typeof BackupClient>[0] & object,
  options: Options,
  where: string,
): Promise<Diagnosis> {
  const request = { backupVaultName: input.BackupVaultName, encryptionKeyArn: keyArn };
  const door = doors[index % (doors.length + 2)];
  if (door === undefined) {
    const client = new BackupClient(config);
    if (index % 2 === 0) return checkBackupVaultAccess(request, { ...options, client });
    const denial = await rejection(client.send(new CreateBackupVaultCommand(input)));
    return explainDenial(denial, request, { ...options, client });
  }
  const { client, create } = door.open(config, options);
  const thrown = watchErrors(client);
  const error = await rejection(create());
  expect(BackupVaultAccessDeniedError.isInstance(error), `${door.name}: ${where}`).to.equal(true);
  const { cause, diagnosis } = error as BackupVaultAccessDeniedError;
  expect(cause, where).to.equal(thrown[0]);
  return diagnosis;
}

function bodyText(body: unknown): string {
  return body instanceof Uint8Array ? Buffer.from(body).toString() : String(body);
}
