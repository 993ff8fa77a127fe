import { readFileSync } from "node:fs";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { evaluatePolicies } from "../../lib/policy/index.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";

const text = readFileSync(new URL("../examples/allowed.snapshot.json", import.meta.url), "utf8");

function allowedWith(change: (snapshot: Snapshot) => void): Snapshot {
  const snapshot = parseSnapshot(text);
  change(snapshot);
  return snapshot;
}

function withIdentityPolicy(snapshot: Snapshot, statements: object[]): void {
  if (snapshot.policies.identity.status !== "read") throw new Error("the example has identity policies");
  const document = { Version: "2012-10-17", Statement: statements as never };
  snapshot.policies.identity.value.push({ name: "many", document });
}

/** How often a work calls a method of texts: it counts what is done, whatever the machine is busy with. */
function callsOf(method: "toLowerCase" | "charCodeAt", work: () => void): number {
  const original = String.prototype[method];
  let calls = 0;
  const counting = function (this: string, ...given: never[]) {
    calls += 1;
    return (original as (...given: never[]) => string | number).apply(this, given);
  };
  Object.defineProperty(String.prototype, method, { value: counting, configurable: true, writable: true });
  try {
    work();
  } finally {
    Object.defineProperty(String.prototype, method, { value: original, configurable: true, writable: true });
  }
  return calls;
}

const many = (count: number) => Array.from({ length: count }, (_, at) => at);
const deny = (condition: object) => ({ Effect: "Deny", Action: "kms:*", Resource: "*", Condition: condition });

/** Twice as much may take twice the work and a little, not four times. */
function expectLinear(work: (size: number) => number): void {
  const [once, twice] = [work(200), work(400)];

  expect(twice / once).to.be.lessThan(2.5);
}

describe("The work of a diagnosis grows with its input:", () => {
  it("with tags of the principal, each asked for by a statement", () => {
    expectLinear((size) => {
      const snapshot = allowedWith((one) => {
        one.caller.tags = { status: "read", value: Object.fromEntries(many(size).map((at) => [`k${at}`, "v"])) };
        const statements = many(size).map((at) => deny({ StringEquals: { [`aws:PrincipalTag/k${at}`]: "x" } }));
        withIdentityPolicy(one, statements);
      });

      return callsOf("toLowerCase", () => diagnose(snapshot));
    });
  });

  it("with tags of the key, each asked for by a statement", () => {
    expectLinear((size) => {
      const snapshot = allowedWith((one) => {
        if (one.key.status !== "read") throw new Error("the example has a key");
        one.key.value.tags = { status: "read", value: Object.fromEntries(many(size).map((at) => [`k${at}`, "v"])) };
        const statements = many(size).map((at) => deny({ StringEquals: { [`aws:ResourceTag/k${at}`]: "x" } }));
        withIdentityPolicy(one, statements);
      });

      return callsOf("toLowerCase", () => diagnose(snapshot));
    });
  });

  it("with tags of the request, under as many patterns", () => {
    expectLinear((size) => {
      const snapshot = allowedWith((one) => {
        one.request.backupVaultTags = Object.fromEntries(many(size).map((at) => [`k${at}`, "v"]));
        const patterns = many(size).map((at) => `x*${at}*y`);
        withIdentityPolicy(one, [
          { ...deny({ "ForAnyValue:StringLike": { "aws:TagKeys": patterns } }), Action: "backup:*" },
        ]);
      });

      return callsOf("charCodeAt", () => diagnose(snapshot));
    });
  });

  it("with a long value of a variable, named as often in one text", () => {
    expectLinear((size) => {
      const Resource = `$${"{aws:username}"}`.repeat(size);
      const Statement = { Effect: "Allow" as const, Action: "a:b", Resource };

      return callsOf("charCodeAt", () =>
        evaluatePolicies([{ Version: "2012-10-17", Statement }], {
          action: "a:b",
          resource: "x",
          context: { "aws:username": "u".repeat(size) },
        }),
      );
    });
  });
});
