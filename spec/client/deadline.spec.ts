import { expect } from "chai";
import { collectInTime, type Limits } from "../../lib/client/collectInTime.js";
import { errorForDenial } from "../../lib/client/errorForDenial.js";
import { denialOf } from "../../lib/denial/denialOf.js";
import { BackupVaultAccessDeniedError } from "../../lib/index.js";
import { handClock, start } from "./handClock.js";
import { accessDenied, input } from "./refusals.js";

/** A promise and what fulfils it. */
function signalled(): { promise: Promise<void>; signal: () => void } {
  let signal = () => {};
  const promise = new Promise<void>((resolve) => {
    signal = resolve;
  });
  return { promise, signal: () => signal() };
}

/** A request handler that never answers; it tells how often it was asked. */
function silent() {
  const asked: unknown[] = [];
  const waiting = signalled();
  return {
    asked,
    firstAsked: waiting.promise,
    handler: {
      handle: (request: unknown) => {
        asked.push(request);
        waiting.signal();
        return new Promise<never>(() => undefined);
      },
    },
  };
}

function collecting(limits: Limits) {
  const { handler, asked, firstAsked } = silent();
  const caller = {
    region: "us-west-2",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "caller" },
    requestHandler: handler,
  };
  const collected = collectInTime(
    { backupVaultName: "prod-vault" },
    { caller, denial: denialOf(accessDenied()) },
    limits,
  );
  return { collected, asked, firstAsked };
}

describe("The deadline", () => {
  it("is five seconds, and the evidence that has not come a little before it is left out", async () => {
    const clock = handClock();
    const { collected, firstAsked } = collecting({ clock });
    await firstAsked;

    clock.goTo(4_999);
    const { snapshot, calls } = await collected;

    expect(snapshot.policies.identity.status).to.equal("unreadable");
    expect(calls).to.not.have.length(0);
    for (const { status } of calls) expect(status).to.equal("skipped");
  });

  it("may be a time of day", async () => {
    const clock = handClock();
    const { collected, firstAsked } = collecting({ clock, deadline: new Date(start.getTime() + 800) });
    await firstAsked;

    clock.goTo(800);
    const { snapshot } = await collected;

    expect(snapshot.denial?.name).to.equal("AccessDeniedException");
  });

  it("leaves no timer behind", async () => {
    const clock = handClock();
    const { collected, firstAsked } = collecting({ clock });
    await firstAsked;

    clock.goTo(4_999);
    await collected;

    expect(clock.timers).to.not.have.length(0);
    expect(clock.timers.filter(({ state }) => state === "set")).to.deep.equal([]);
  });

  for (const deadline of [0, -1, new Date(start.getTime() - 1)]) {
    it(`asks nothing where no time is left (${deadline instanceof Date ? "a Date" : deadline})`, async () => {
      const clock = handClock();
      const { collected, asked } = collecting({ clock, deadline });

      const { calls } = await collected;

      expect(asked).to.deep.equal([]);
      expect(calls.map(({ status }) => status)).to.deep.equal(["skipped"]);
      expect(clock.timers).to.deep.equal([]);
    });
  }

  it("is not waited for where the caller has given up already", async () => {
    const { collected, asked } = collecting({ clock: handClock(), abortSignal: AbortSignal.abort() });

    const { calls } = await collected;

    expect(asked).to.deep.equal([]);
    expect(calls[0]?.detail).to.contain("gave up");
  });

  it("is kept also where asking for the credentials never ends", async () => {
    const clock = handClock();
    const stuck = signalled();
    const credentials = () => {
      stuck.signal();
      return new Promise<never>(() => undefined);
    };
    const explained = errorForDenial(
      accessDenied(),
      { input, config: { region: "us-west-2", credentials, requestHandler: silent().handler } },
      {},
      { clock },
    );
    await stuck.promise;

    clock.goTo(5_000);
    const error = await explained;

    expect(error).to.be.instanceOf(BackupVaultAccessDeniedError);
  });
});

describe("A diagnosis that fails altogether", () => {
  it("gives the original error, the same object", async () => {
    const original = accessDenied();
    const broken = {
      get context(): never {
        throw new Error("broken");
      },
    };

    const error = await errorForDenial(original, { input, config: { region: "us-west-2" } }, broken);

    expect(error).to.equal(original);
  });

  it("gives the original error also where the input is not what the SDK's types promise", async () => {
    const original = accessDenied();
    const odd = { BackupVaultName: 7, BackupVaultTags: "none" } as object;

    const error = await errorForDenial(original, { input: odd, config: { region: "us-west-2" } }, { deadline: 0 });

    expect((error as BackupVaultAccessDeniedError).cause ?? error).to.equal(original);
  });
});
