import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { isDenial } from "../../lib/denial/isDenial.js";
import { isSeenDenial } from "../../lib/denial/isSeenDenial.js";
import { readDenial } from "../../lib/denial/readDenial.js";

const wordings = JSON.parse(readFileSync(new URL("wordings.json", import.meta.url), "utf8")) as {
  source: string;
  message: string;
  reading: Record<string, unknown>;
}[];
const read = (message: string) => readDenial({ name: "AccessDeniedException", message });

describe("A denial's own words", () => {
  for (const { source, message, reading } of wordings) {
    it(`are read right: ${message.replace(/\s+/g, " ").slice(0, 110)} [${source}]`, () => {
      expect(read(message)).to.deep.include({ kind: "action", ...reading });
    });
  }

  for (const [message, kind] of [
    [
      "Insufficient privileges to create a backup vault. Creating a backup vault requires backup-storage and KMS permissions.",
      "backup-storage-and-kms",
    ],
    ["Insufficient privileges to perform this action.", "opaque"],
    ["", "opaque"],
    [
      "You are not authorized to perform this operation. Encoded authorization failure message: 0l-KPWQJ8q5z3YatP3Ybgb5lf0dib",
      "encoded",
    ],
    ["KMS key Alias is not supported by AWS Backup", "other"],
  ] as const) {
    it(`"${message.slice(0, 60)}" is ${kind}`, () => {
      expect(read(message).kind).to.equal(kind);
    });
  }

  it("that name a new type of policy name the action, and no layer", () => {
    const reading = read(
      "User: arn:aws:iam::111122223333:user/a is not authorized to perform: backup:CreateBackupVault with an explicit deny in a declarative guard policy",
    );

    expect(reading).to.deep.include({ action: "backup:CreateBackupVault", policyType: null, effect: "explicitDeny" });
  });

  it("never throw, whatever they are", () => {
    fc.assert(fc.property(fc.string(), (message) => typeof read(message).kind === "string"));
    expect(read(`User: ${"a ".repeat(500_000)}is not authorized to perform: `).kind).to.equal("other");
  });
});

describe("A denial", () => {
  it("counts as seen by its name, or as a 403 without a type", () => {
    for (const name of ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized"]) {
      expect(isSeenDenial({ name, message: "" })).to.equal(true);
    }
    expect(isSeenDenial({ name: "Unknown", message: "UnknownError (403)" })).to.equal(true);
    for (const name of [
      "Unknown",
      "ExpiredTokenException",
      "OptInRequired",
      "ThrottlingException",
      "ValidationException",
    ]) {
      expect(isSeenDenial({ name, message: "something else" })).to.equal(false);
    }
  });

  it("is recognised by its shape", () => {
    const error = (name: string, httpStatusCode?: number) =>
      Object.assign(new Error("no"), { name, $metadata: { httpStatusCode } });

    expect(isDenial(error("AccessDeniedException"))).to.equal(true);
    expect(isDenial(error("Unknown", 403))).to.equal(true);
    expect(isDenial(error("Unknown", 500))).to.equal(false);
    expect(isDenial(error("SyntaxError", 403))).to.equal(false);
    for (const odd of [null, undefined, "AccessDenied", 403, {}]) expect(isDenial(odd)).to.equal(false);
  });
});
