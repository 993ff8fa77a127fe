import { expect } from "chai";
import fc from "fast-check";
import { type ServiceName, serviceNames } from "../../lib/emulator/Call.js";
import { operations } from "../../lib/emulator/operations.js";
import { ServiceError } from "../../lib/emulator/ServiceError.js";
import { runs } from "../random/runs.js";
import { wholeCall } from "./askedActions.js";

/*
 * Beside malformedRequests.journey.ts, whose requests mostly lack what an operation needs first: here everything is there,
 * and one or two members are odd, so that each operation is reached as deep as it goes.
 */

const statement = { Effect: "Allow", Action: "*", Resource: "*" };
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    "",
    " ",
    "%",
    "\u0000",
    "\ud800",
    "x".repeat(70_000),
    true,
    -1,
    0,
    1e308,
    Number.NaN,
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    [null],
    [{}],
    { Key: null },
    [{ Key: "a" }],
    [{ Key: "a", Value: 1 }],
    ["__proto__"],
  ),
  fc.constantFrom<unknown>(
    "arn:",
    "arn:aws:iam::444455556666:role/",
    "arn:aws:kms:us-west-2:444455556666:alias/",
    "alias/",
  ),
  fc.constantFrom<unknown>(
    "a.b.c",
    "..",
    "e30.e30.e30",
    "bnVsbA.bnVsbA.x",
    "https://",
    "https://[",
    "https://a@b:1/?#",
    "__proto__",
  ),
  fc.constantFrom<unknown>("{", "null", "[]", "1", '""', nested(20_000), '{"Statement":null}', '{"Statement":[null]}'),
  fc
    .tuple(
      fc.constantFrom("Effect", "Action", "NotAction", "Resource", "Principal", "Condition", "Sid", "__proto__"),
      fc.jsonValue({ maxDepth: 3 }),
    )
    .map(([name, value]) => JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, [name]: value }] })),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string(),
);

/** The members that an operation looks for, whether they are there or not. */
function membersRead(service: ServiceName, operation: string): string[] {
  const read = new Set<string>();
  const call = wholeCall(service, operation);
  call.input = new Proxy(call.input, {
    get(input, name) {
      read.add(String(name));
      return Reflect.get(input, name) as unknown;
    },
    getOwnPropertyDescriptor(input, name) {
      read.add(String(name));
      return Reflect.getOwnPropertyDescriptor(input, name);
    },
  });
  try {
    operations[service][operation]?.(call);
  } catch {
    // What it read until then is what it reads.
  }
  return [...read];
}

describe("An operation that is given everything, and something odd in one place", () => {
  const rounds = Number(process.env.ROUNDS ?? runs(40));
  const seed = Number(process.env.SEED ?? 20_261_126);
  for (const service of serviceNames) {
    it(`answers, or refuses with a 4xx of its service: ${service}`, function () {
      this.timeout(120_000);
      const wrong = new Set<string>();
      const odds = fc.sample(fc.tuple(odd, fc.boolean()), { seed, numRuns: rounds });
      for (const [operation, run] of Object.entries(operations[service])) {
        const names = membersRead(service, operation);
        for (const [value, isDouble] of odds) {
          for (const [at, name] of names.entries()) {
            const again = wholeCall(service, operation);
            const second = isDouble ? { [names[(at + 1) % names.length] ?? ""]: value } : {};
            again.input = { ...again.input, ...second, [name]: value };
            try {
              run(again);
            } catch (error) {
              if (error instanceof ServiceError && error.status >= 400 && error.status < 500) continue;
              const told = error instanceof Error ? `${error.stack?.split("\n").slice(0, 3).join(" ")}` : String(error);
              wrong.add(`${operation} ${name} = ${String(JSON.stringify(value)).slice(0, 120)}: ${told.slice(0, 300)}`);
            }
          }
        }
      }
      expect([...wrong].slice(0, 20), `seed ${seed}`).to.deep.equal([]);
    });
  }

  for (const claim of ["iss", "sub", "aud", "azp", "exp", "iat", "nbf"]) {
    it(`refuses a token that nobody signed, whose ${claim} has a toString of its own`, () => {
      const call = wholeCall("sts", "AssumeRoleWithWebIdentity");
      const claims = { iss: "https://idp.example.com", aud: "client", sub: "ci", iat: 1, exp: 1e10 };
      const parts = [
        { alg: "RS256", kid: "1" },
        { ...claims, [claim]: { toString: 1, valueOf: 1 } },
      ];
      const written = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
      call.input = { ...call.input, WebIdentityToken: [...written, "AAAA"].join(".") };
      expect(() => operations.sts.AssumeRoleWithWebIdentity?.(call)).to.throw(ServiceError);
    });
  }

  // Both were found in AWS's own policies once, and the first could be written to.
  for (const id of ["__proto__", "constructor", "toString"]) {
    it(`finds no policy under a name that every object inherits: ${id}`, () => {
      const update = wholeCall("organizations", "UpdatePolicy");
      update.input = { ...update.input, PolicyId: id };
      expect(() => operations.organizations.UpdatePolicy?.(update))
        .to.throw(ServiceError)
        .with.property("code", "PolicyNotFoundException");
      const get = wholeCall("iam", "GetPolicy");
      get.input = { PolicyArn: `arn:aws:iam::aws:policy/${id}` };
      expect(() => operations.iam.GetPolicy?.(get))
        .to.throw(ServiceError)
        .with.property("code", "NoSuchEntity");
      expect(Object.keys(Object.prototype)).to.deep.equal([]);
    });
  }
});
