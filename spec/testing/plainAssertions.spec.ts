import { AssertionError } from "node:assert";
import { expect } from "chai";
import { diagnose } from "../../lib/index.js";
import {
  assertBackupVaultAllowed,
  assertBackupVaultBlocked,
  assertBackupVaultRejected,
  sampleSnapshot,
  vaultAccessDeniedError,
} from "../../lib/testing/index.js";
import { failing } from "./failing.js";

const allowed = diagnose(sampleSnapshot());
const blocked = diagnose(sampleSnapshot("key-policy"));

describe("The assertions as plain functions", () => {
  it("pass where they hold", async () => {
    await assertBackupVaultAllowed(Promise.resolve(allowed));
    await assertBackupVaultBlocked(blocked, "key-policy", { sid: "NoGrants" });
    await assertBackupVaultRejected(Promise.reject(vaultAccessDeniedError("key-policy")), { layer: "key-policy" });
  });

  for (const [name, act, message] of [
    [
      "assertBackupVaultAllowed",
      () => assertBackupVaultAllowed(blocked),
      /to be allowed, but it is blocked by key-policy/,
    ],
    [
      "assertBackupVaultBlocked",
      () => assertBackupVaultBlocked(Promise.resolve(blocked), "key-state"),
      /to be blocked by key-state, but it is blocked by key-policy/,
    ],
    ["assertBackupVaultRejected", () => assertBackupVaultRejected(Promise.resolve({})), /but it was created\.$/],
  ] as const) {
    it(`${name} rejects with node:assert's error and the diagnosis where it does not hold`, async () => {
      const error = await failing(act);

      expect(error).to.be.instanceOf(AssertionError);
      expect(error.message).to.match(message);
    });
  }
});
