import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createContext, runInContext } from "node:vm";
import { BackupClient } from "@aws-sdk/client-backup";
import { expect } from "chai";
import type { DiagnosisEvent } from "../../lib/client/diagnosisEvent.js";
import { errorForDenial } from "../../lib/client/errorForDenial.js";
import { type BackupVaultAccessDeniedError, createBackupVault, type Diagnosis } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { accessDenied, evidenceFrom, input, lacksMountCapsule, rejection } from "./refusals.js";

const name = "backup-vault-access:diagnosis";

/** What is published while something runs. */
async function published(run: () => Promise<unknown>): Promise<DiagnosisEvent[]> {
  const events: DiagnosisEvent[] = [];
  const listen = (event: unknown) => events.push(event as DiagnosisEvent);
  subscribe(name, listen);
  try {
    await run();
  } finally {
    unsubscribe(name, listen);
  }
  return events;
}

/** A client whose configuration cannot be read, by a fault of ours or anybody's. */
const broken = {
  region: "us-west-2",
  get credentials(): never {
    throw new Error("the configuration is broken");
  },
};

/** The member that makes an object a thenable, which is what is tested here. */
const thenable = ["th", "en"].join("");

function rejecting(_: unknown, reject: (error: Error) => void): void {
  reject(new Error("a thenable"));
}

describe("A diagnosis is seen by whoever listens", () => {
  it("on the diagnostics channel: that it began, and what came of it, without a secret", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());

      const events = await published(() =>
        rejection(createBackupVault(client, input, { evidence: evidenceFrom(emulator), share: false })),
      );

      expect(events.map(({ type }) => type)).to.deep.equal(["started", "finished"]);
      const [started, finished] = events;
      expect(started?.id).to.equal(finished?.id);
      expect(started?.subject).to.include({ backupVaultName: "prod-vault", encryptionKeyArn: input.EncryptionKeyArn });
      expect(finished).to.include({ outcome: "blocked", blockingLayer: "identity-policy" });
      expect(finished?.subject.principalArn).to.match(/role\/team\/Deployer$/);
      expect(finished).to.have.nested.property("calls.answered").that.is.greaterThan(10);
      for (const secret of [emulator.auditor.secretAccessKey, emulator.clientConfig().credentials.secretAccessKey]) {
        expect(JSON.stringify(events)).to.not.contain(secret);
      }
    }));

  it("where it failed by our own fault: the hook and the channel are told, AWS's error goes on untouched", async () => {
    const original = accessDenied();
    const told: unknown[] = [];
    let thrown: unknown;

    const events = await published(async () => {
      thrown = await errorForDenial(original, { input, config: broken }, { onFailure: (error) => told.push(error) });
    });

    expect(thrown).to.equal(original);
    expect(told).to.have.length(1);
    expect(told[0]).to.have.property("message", "the configuration is broken");
    expect(events.map(({ type }) => type)).to.deep.equal(["started", "failed"]);
    expect(events[1]).to.have.nested.property("error.message", "the configuration is broken");
  });

  /** A refusal whose words can be read so often, and then no more. */
  const readable = (times: number) => {
    let read = 0;
    return Object.defineProperty(accessDenied(), "message", {
      get: () => {
        read += 1;
        if (read > times) throw new Error("the words are gone");
        return "Insufficient privileges to perform this action.";
      },
    });
  };

  it("where AWS's words can be read no more before the error is made of them: as a failure, too", async () => {
    for (const times of [0, 1]) {
      const original = readable(times);
      const told: unknown[] = [];
      let thrown: unknown;

      const events = await published(async () => {
        const options = { deadline: 0, onFailure: (error: unknown) => told.push(error) };
        thrown = await errorForDenial(original, { input, config: { region: "us-west-2" } }, options);
      });

      expect(thrown).to.equal(original);
      expect(told.map(String), `read ${times} times`).to.deep.equal(["Error: the words are gone"]);
      expect(events.map(({ type }) => type)).to.deep.equal(["started", "failed"]);
    }
  });

  it("as it was published, whatever a subscriber before does to it", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      let changed = 0;
      const change = (event: unknown) => {
        for (const one of everythingIn(event)) {
          for (const member of Object.keys(one)) changed += Number(Reflect.set(one, member, "changed"));
        }
      };
      subscribe(name, change);
      try {
        const events = await published(() =>
          rejection(createBackupVault(client, input, { evidence: evidenceFrom(emulator), share: false })),
        );

        expect(events.map(({ type }) => type)).to.deep.equal(["started", "finished"]);
        expect(changed).to.equal(0);
      } finally {
        unsubscribe(name, change);
      }
    }));

  it("once begun and once ended, whatever ends it: the deadline, the caller, a failure, a hook", async () => {
    const config = { region: "us-west-2" };
    const hang = () => new Promise<never>(() => undefined);
    const throwing = () => {
      throw new Error("a hook");
    };
    const ends: Parameters<typeof errorForDenial>[] = [
      [accessDenied(), { input, config }, { deadline: 0 }],
      [accessDenied(), { input, config }, { deadline: -1 }],
      [accessDenied(), { input, config }, { deadline: new Date(0) }],
      [accessDenied(), { input, config: { region: hang } }, { deadline: 20 }],
      [accessDenied(), { input, config: { ...config, credentials: hang } }, { deadline: 20 }],
      [accessDenied(), { input, config: { ...config, useFipsEndpoint: hang } }, { deadline: 20 }],
      [accessDenied(), { input, config }, {}, { abortSignal: AbortSignal.abort() }],
      [accessDenied(), { input, config: broken }, { onFailure: throwing }],
      [accessDenied(), { input, config }, { deadline: 0, onDiagnosis: throwing }],
      [accessDenied(), { input: { BackupVaultName: Object.create(null) as string }, config }, { deadline: 0 }],
    ];
    const events = await published(() => Promise.all([...ends, ...ends].map((one) => errorForDenial(...one))));

    const ids = [...new Set(events.map(({ id }) => id))];
    expect(ids).to.have.length(2 * ends.length);
    for (const id of ids) {
      const [started, ended, ...more] = events.filter((event) => event.id === id);
      expect(started).to.include({ type: "started" });
      expect(ended?.type).to.be.oneOf(["finished", "failed"]);
      expect(more).to.deep.equal([]);
    }
  });

  it("by an id that no other copy of this package in the process gives out", async () => {
    const copies = await Promise.all(
      ["one", "other"].map(
        (copy) =>
          import(new URL(`../../lib/client/diagnosisEvent.ts?${copy}`, import.meta.url).href) as Promise<
            typeof import("../../lib/client/diagnosisEvent.js")
          >,
      ),
    );
    const ids = [...copies, ...copies].map(({ newDiagnosisId }) => newDiagnosisId());

    expect(copies[0]).to.not.equal(copies[1]);
    expect(new Set(ids).size).to.equal(4);
  });

  it("and nothing that a hook returns or throws ends the process or hides the denial", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const elsewhere = runInContext('Promise.reject(new Error("of another realm"))', createContext()) as unknown;
    const hooks: (() => unknown)[] = [
      () => runInContext('Promise.reject(new Error("of another realm"))', createContext()),
      () => Promise.reject(new Error("later")),
      () => Object.defineProperty({}, thenable, { value: rejecting }),
      () => {
        throw new Error("at once");
      },
      () =>
        Object.defineProperty({}, thenable, {
          get: () => {
            throw new Error("when it is looked at");
          },
        }),
    ];
    expect(elsewhere).to.not.be.instanceOf(Promise);
    (elsewhere as Promise<unknown>).catch(() => undefined);

    for (const hook of hooks) {
      const original = accessDenied();
      expect(await errorForDenial(original, { input, config: broken }, { onFailure: hook })).to.equal(original);
      const told = await errorForDenial(
        original,
        { input, config: { region: "us-west-2" } },
        {
          deadline: 0,
          onDiagnosis: hook,
        },
      );
      expect(told).to.have.property("cause", original);
    }
    await new Promise(setImmediate);

    process.off("unhandledRejection", note);
    expect(unhandled).to.deep.equal([]);
  });
});

describe("What one refusal is handed cannot be changed under another", () => {
  it("for it is frozen, with all that it holds", () =>
    served({ world: lacksMountCapsule() }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());
      const seen: Diagnosis[] = [];
      const options = { evidence: evidenceFrom(emulator), onDiagnosis: (one: Diagnosis) => seen.push(one) };
      const refused = async () =>
        (await rejection(createBackupVault(client, input, options))) as BackupVaultAccessDeniedError;
      const first = await refused();
      const { message } = first;

      expect(() => {
        (first.blockers as unknown[]).length = 0;
      }).to.throw(TypeError);
      for (const value of everythingIn(first.diagnosis)) expect(Object.isFrozen(value)).to.equal(true);
      const second = await refused();

      expect(second.blockers).to.have.length(first.blockers.length).above(0);
      expect(second.message).to.equal(message);
      expect(second).to.not.equal(first);
      expect(seen).to.have.length(2);
    }));
});

function everythingIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap(everythingIn)];
}
