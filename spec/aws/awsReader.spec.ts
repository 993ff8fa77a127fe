import { expect } from "chai";
import { type AwsReaderOptions, awsReader } from "../../lib/aws/awsReader.js";

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

  it("tells what a refused call lacked, and what stays unknown", async () => {
    const { ask, calls } = await reader({ explain: (call) => `needs ${call}` });
    await ask("kms:GetKeyPolicy", failing(1, failure("AccessDeniedException")).run);
    expect(calls[0]).to.deep.include({
      call: "kms:GetKeyPolicy",
      status: "refused",
      detail: "AccessDeniedException: as AWS says (needs kms:GetKeyPolicy)",
    });
  });

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
