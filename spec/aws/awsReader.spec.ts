import { expect } from "chai";
import { type AwsReaderOptions, awsReader } from "../../lib/aws/awsReader.js";
import { handClock } from "../client/handClock.js";

const reader = (options: Partial<AwsReaderOptions> = {}) =>
  awsReader({ signal: new AbortController().signal, explain: () => null, random: () => 0, ...options });

function failure(name: string, more: object = {}): Error {
  return Object.assign(new Error("as AWS says"), { name, ...more });
}

/** A call that fails a number of times before it answers. */
function failing(times: number, error: Error): { run: () => Promise<string>; tries: () => number } {
  let tries = 0;
  return {
    tries: () => tries,
    run: async () => {
      tries += 1;
      if (tries <= times) throw error;
      return "answered";
    },
  };
}

describe("Asking AWS", () => {
  for (const [name, error] of Object.entries({
    "IAM's throttling": failure("Throttling"),
    "KMS's throttling": failure("ThrottlingException"),
    "Organizations' throttling": failure("TooManyRequestsException"),
    "a request limit": failure("RequestLimitExceeded"),
    "a server's fault": failure("Whatever", { $metadata: { httpStatusCode: 503 } }),
    "a connection reset": failure("Error", { code: "ECONNRESET" }),
  })) {
    it(`is repeated after ${name}`, async () => {
      const { run, tries } = failing(2, error);
      const { ask, calls } = await reader();
      expect(await ask("iam:GetRole", run)).to.deep.equal({ ok: true, value: "answered" });
      expect(tries()).to.equal(3);
      expect(calls.map(({ call, status }) => [call, status])).to.deep.equal([["iam:GetRole", "answered"]]);
    });
  }

  for (const name of [
    "AccessDenied",
    "AccessDeniedException",
    "NoSuchEntity",
    "NotFoundException",
    "ValidationError",
  ]) {
    it(`is not repeated after ${name}`, async () => {
      const { run, tries } = failing(1, failure(name, { $metadata: { httpStatusCode: 400 } }));
      const { ask } = await reader();
      expect(await ask("iam:GetRole", run)).to.deep.include({ ok: false, name, message: "as AWS says" });
      expect(tries()).to.equal(1);
    });
  }

  it("ends with the last failure where repeating does not help", async () => {
    const { run, tries } = failing(9, failure("Throttling"));
    const { ask, calls } = await reader({ retries: 2 });
    expect(await ask("iam:GetRole", run)).to.deep.include({ ok: false, name: "Throttling", why: "failed" });
    expect(tries()).to.equal(3);
    expect(calls[0]?.detail).to.equal("Throttling: as AWS says");
  });

  it("is repeated after a random part of a wait that doubles", async () => {
    const clock = handClock();
    const { run, tries } = failing(2, failure("Throttling"));
    const { ask } = await reader({ clock, random: () => 0.5 });
    const asked = ask("iam:GetRole", run);
    for (const [time, tried] of [
      [49, 1],
      [50, 2],
      [149, 2],
      [150, 3],
    ] as const) {
      await clock.untilSet(1);
      clock.goTo(time);
      await new Promise(setImmediate);
      expect(tries(), `after ${time} ms`).to.equal(tried);
    }

    expect(await asked).to.have.property("ok", true);
  });

  it("tells what a refused call lacked, and what stays unknown", async () => {
    const { ask, calls } = await reader({ explain: (call) => `needs ${call}` });
    await ask("kms:GetKeyPolicy", failing(1, failure("AccessDeniedException")).run);
    expect(calls[0]).to.deep.include({
      call: "kms:GetKeyPolicy",
      status: "refused",
      detail: "AccessDeniedException: as AWS says (needs kms:GetKeyPolicy)",
    });
  });

  it("keeps no more of an error than somebody reads", async () => {
    const { ask, calls } = await reader({ retries: 0 });
    const answer = await ask("iam:GetRole", async () => {
      throw Object.assign(new Error("m".repeat(5_000_000)), { name: "N".repeat(5_000_000) });
    });
    expect(answer)
      .to.have.property("message")
      .that.matches(/^m+\.\.\. \(4998000 characters are left out here\)$/);
    expect(calls[0]?.detail?.length).to.be.lessThan(3000);
  });

  const unreadable: Record<string, unknown> = {
    "an object that is no text": Object.create(null),
    "an error whose message throws": Object.defineProperty(new Error("x"), "message", {
      get: () => {
        throw new Error("not to be read");
      },
    }),
    "an error whose name is a number": Object.assign(new Error("x"), { name: 5 }),
    nothing: undefined,
  };
  for (const [what, thrown] of Object.entries(unreadable)) {
    it(`has failed, and no more, where ${what} is thrown`, async () => {
      const { ask } = await reader({ retries: 0 });
      const answer = await ask("iam:GetRole", () => Promise.reject(thrown));
      expect(answer).to.include({ ok: false, why: "failed" });
    });
  }

  it("keeps to its limit of calls in flight", async () => {
    const { ask } = await reader({ inFlight: 2 });
    let inFlight = 0;
    let most = 0;
    const run = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise(setImmediate);
      inFlight -= 1;
    };
    await Promise.all(Array.from({ length: 6 }, () => ask("iam:GetRole", run)));
    expect(most).to.equal(2);
  });

  it("answers what hangs, and what waits behind it, as soon as the signal aborts", async () => {
    const giveUp = new AbortController();
    const { ask, calls } = await reader({ signal: giveUp.signal, inFlight: 1 });
    let waited = 0;
    const hanging = ask("iam:GetRole", () => new Promise<never>(() => undefined));
    const waiting = ask("iam:GetUser", async () => {
      waited += 1;
    });
    giveUp.abort();
    const skipped = { ok: false, why: "skipped", message: "not answered before the deadline" };
    expect(await hanging).to.deep.include(skipped);
    expect(await waiting).to.deep.include(skipped);
    expect(waited).to.equal(0);
    expect(calls.map(({ status }) => status)).to.deep.equal(["skipped", "skipped"]);
  });
});

describe("A call's own time", () => {
  const hangs = (abortSignal: AbortSignal) =>
    new Promise<never>((_, reject) => abortSignal.addEventListener("abort", () => reject(new Error("aborted"))));

  it("ends a call that hangs, as failed, and leaves the others theirs", async () => {
    const clock = handClock();
    const { ask, calls } = await reader({ callLimit: 2000, clock });
    let given: AbortSignal | undefined;
    const hanging = ask("iam:GetRole", (abortSignal) => {
      given = abortSignal;
      return hangs(abortSignal);
    });
    expect(await ask("iam:ListRolePolicies", async () => "answered")).to.have.property("ok", true);

    clock.goTo(1999);
    expect(given?.aborted).to.equal(false);
    clock.goTo(2000);

    expect(await hanging).to.deep.equal({
      ok: false,
      name: "TimeoutError",
      message: "not answered within 2000 ms",
      why: "failed",
    });
    expect(given?.aborted).to.equal(true);
    expect(calls[1]).to.deep.equal({
      call: "iam:GetRole",
      status: "failed",
      detail: "TimeoutError: not answered within 2000 ms",
      milliseconds: 2000,
    });
  });

  it("begins when the call is sent, not while it waits for others", async () => {
    const clock = handClock();
    const { ask } = await reader({ callLimit: 2000, clock, inFlight: 1 });
    const first = ask("iam:GetRole", hangs);
    const second = ask("iam:GetUser", hangs);
    await clock.untilSet(1);
    clock.goTo(2000);
    await first;
    let isOver = false;
    void second.then(() => {
      isOver = true;
    });

    await clock.untilSet(1);
    clock.goTo(3999);
    await new Promise(setImmediate);
    expect(isOver).to.equal(false);
    clock.goTo(4000);

    expect(await second).to.have.property("name", "TimeoutError");
  });

  it("holds for all its tries together", async () => {
    const clock = handClock();
    const { run, tries } = failing(9, failure("Throttling"));
    const { ask } = await reader({ callLimit: 250, clock, retries: 9, random: () => 1 });
    const asked = ask("iam:GetRole", run);
    for (const time of [100, 250]) {
      await clock.untilSet(2);
      clock.goTo(time);
    }

    expect(await asked).to.have.property("name", "TimeoutError");
    expect(tries()).to.equal(2);
  });

  it("leaves no timer behind, whatever comes of the call", async () => {
    const clock = handClock();
    const giveUp = new AbortController();
    const { ask } = await reader({ callLimit: 2000, clock, signal: giveUp.signal });
    await ask("iam:GetRole", async () => "answered");
    await ask("iam:GetRole", failing(1, failure("AccessDenied")).run);
    const hanging = ask("iam:GetRole", hangs);
    await clock.untilSet(1);
    giveUp.abort();
    expect(await hanging).to.have.property("why", "skipped");
    await new Promise(setImmediate);

    expect(clock.timers.filter(({ state }) => state === "set")).to.deep.equal([]);
  });
});
