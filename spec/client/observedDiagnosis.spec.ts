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
