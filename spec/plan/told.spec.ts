import { readFileSync } from "node:fs";
import { expect } from "chai";
import { isNotKnown } from "../../lib/plan/NotKnown.js";
import type { KeyOfVault, PlannedVault } from "../../lib/plan/PlannedVault.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

/** A template, and what is told of it: of each vault its name and key, what is taken for granted, what is not judged. */
interface Told {
  name: string;
  source: string;
  template: string[];
  parameters?: Record<string, string>;
  /** By address: name and key, each with a question mark before what it hangs on where it is not known. */
  vaults: Record<string, [string, string]>;
  assumptions?: string[];
  notLookedInto?: string[];
}

const cases = JSON.parse(readFileSync(new URL("told.json", import.meta.url), "utf8")) as Told[];
const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };

describe("What a template tells of its vaults", () => {
  for (const { name, source, template, parameters = {}, ...expected } of cases) {
    it(`${name} (${source})`, () => {
      const read = vaultsOfPlan(readPlan(template.join("\n")), { file: "given.yaml", place, parameters });

      const told = read.vaults.map((vault) => [vault.address, [nameOf(vault), keyOf(vault.key)]]);
      const ofDeployment = /^CloudFormation makes the call on behalf/;
      const assumptions = read.vaults.flatMap((vault) => vault.assumptions.filter((one) => !ofDeployment.test(one)));
      expect(Object.fromEntries(told)).to.deep.equal(expected.vaults);
      expect(assumptions).to.deep.equal(expected.assumptions ?? []);
      expect(read.notLookedInto).to.deep.equal(expected.notLookedInto ?? []);
    });
  }
});

function nameOf({ name }: PlannedVault): string {
  return isNotKnown(name) ? `? ${name.because}` : name;
}

function keyOf(key: KeyOfVault): string {
  if (key.kind !== "planned") return key.kind === "default" ? "alias/aws/backup" : key.arn;
  return key.planned.status === "unknown" ? `? ${key.planned.because}` : key.planned.address;
}
