import { expect } from "chai";
import { type Diagnosis, surveyAccount } from "../../lib/index.js";
import { served } from "../emulator/served.js";
import { keyArn, memberWorld } from "../emulator/worlds.js";
import { evidenceFrom } from "./refusals.js";

describe("surveyAccount", () => {
  it("gives diagnoses of which nobody can change one, nor by one the others", () =>
    served({ world: { ...memberWorld(), refusedReads: [{ operation: "kms:GetKeyPolicy" }] } }, async (emulator) => {
      const found: Diagnosis[] = [];

      for await (const one of surveyAccount(
        { backupVaultName: "prod-vault", region: "us-west-2", encryptionKeyArn: keyArn },
        { evidence: evidenceFrom(emulator) },
      )) {
        found.push(one);
      }

      expect(found.length).to.be.greaterThan(1);
      expect(found[0]?.evidence.map(({ call }) => call)).to.include("kms:GetKeyPolicy");
      for (const one of found) {
        expect(Object.isFrozen(one)).to.equal(true);
        expect(Object.isFrozen(one.evidence)).to.equal(true);
        for (const call of one.evidence) expect(Object.isFrozen(call)).to.equal(true);
      }
    }));
});
