import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import { reportFix } from "../../lib/report/index.js";
import { kindsOfChange } from "../fix/kindsOfChange.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";

/** What runs in an interactive zsh, which has no comments: every line with its "#" away. */
function run(form: string): string {
  const stubs = "aws() { echo aws; }\nran() { echo ran >&2; }\n";
  return execFileSync("sh", ["-c", `{ ${stubs}${form.replace(/^#+/gm, "")}\n} 2>&1`], { encoding: "utf8" });
}

describe("A fix's commands pasted into a shell without comments", () => {
  it("run nothing that a policy is named", () => {
    for (const name of ["Guard $(ran)", "a'; ran; 'b", "x`ran`", '"; ran; "', "the account's", "; ran #"]) {
      const policies = [{ name, id: "p-guard", statements: ["Allow *", "Deny backup:*"] }];
      const root = { id: "r-ab12", type: "ROOT", policies };
      const form = reportFix(diagnose(buildSnapshot([], { "policies.serviceControl": [root] })), 1, "cli");

      expect(form).to.contain(name.replaceAll("'", "’"));
      expect(run(form), name).to.equal("aws\n");
    }
  });

  it("are all that they run", () => {
    for (const [kind, patch] of Object.entries(kindsOfChange)) {
      const diagnosis = diagnose(buildSnapshot([], patch));
      for (const [index] of diagnosis.fixes.entries()) {
        const form = reportFix(diagnosis, index + 1, "cli");
        expect(run(form), `${kind}: ${form}`).to.match(/^(aws\n)*$/);
        expect(form, kind).to.not.match(/^#/m);
      }
    }
  });
});
