import { execFileSync } from "node:child_process";
import { parse as parseTerraform } from "@cdktf/hcl2json";
import { expect } from "chai";
import { parse as parseYaml } from "yaml";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
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

/** A vault that is created with the tags and another key, which is the fix. */
function tagged(tags: Record<string, string>): Diagnosis {
  return diagnose(
    buildSnapshot([], {
      "key.keySpec": "RSA_2048",
      "policies.identity": ["Allow *"],
      "request.backupVaultTags": tags,
    }),
  );
}

function inSession(tags: Record<string, string>): Diagnosis {
  return diagnose(
    buildSnapshot([], {
      "policies.session": ["Allow backup:* kms:*"],
      "caller.sessionTags": tags,
    }),
  );
}

/** Found by its key, at whatever depth. */
function found(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const inside: unknown = key === name ? part : found(part, name);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** The word behind a flag, as a shell hands it on. */
function wordOf(form: string, flag: string): unknown {
  const script = `aws() { while [ "$1" != ${flag} ]; do shift; done; printf %s "$2"; }\n${form}`;
  return JSON.parse(execFileSync("sh", ["-c", script], { encoding: "utf8" }));
}

describe("The tags of a fix", () => {
  const odd = {
    " lead": " both ",
    "::error::x": "::warning::y ##vso[task.complete]",
    "a'b": 'it\'s "quoted" \\ \\u0041 \\U0001',
    "t\tn\nb\bf\f": "\u001B[31m\u202E\u0085 \u{E0041} \u{1F600}",
    "${x}": "%{if} $${y} $(id) `id`",
    __proto: "",
  };

  it("stand in every form exactly as they were proven, and nothing obeys them", async () => {
    const diagnosis = tagged(odd);
    const { fixes } = diagnosis;
    expect(fixes[0]?.backupVaultTags).to.deep.equal(odd);
    const [cli = "", terraform = "", cloudFormation = ""] = (["cli", "terraform", "cloudformation"] as const).map(
      (form) => reportFix(diagnosis, 1, form),
    );

    expect(wordOf(cli, "--backup-vault-tags")).to.deep.equal(odd);
    const parsed: unknown = JSON.parse(
      JSON.stringify(found(await parseTerraform("main.tf", terraform), "tags")).replaceAll(/([$%])\1\{/g, "$1{"),
    );
    expect(parsed).to.deep.equal(odd);
    expect(found(parseYaml(cloudFormation), "BackupVaultTags")).to.deep.equal(odd);
    for (const form of [cli, terraform, cloudFormation]) {
      expect(form).not.to.match(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{E0041}]|(?!\n)\p{Cc}|##vso\[|(?<!:)::(error|warning)/u);
    }
  });

  it("of a session do so, too", () => {
    const diagnosis = inSession(odd);
    const tags = Object.entries(diagnosis.fixes[0]?.session?.tags ?? {});
    expect(Object.fromEntries(tags)).to.deep.equal(odd);

    expect(wordOf(reportFix(diagnosis, 1, "cli"), "--tags")).to.deep.equal(
      tags.map(([Key, Value]) => ({ Key, Value })),
    );
  });

  for (const [what, tags, forms] of [
    ["Terraform composes", { "e\u0301": "x" }, ["terraform"]],
    ["are no text", { half: "\uD800" }, ["cli", "terraform", "cloudformation"]],
    ["CloudFormation reads as Ref", { Ref: "AWS::Region" }, ["cloudformation"]],
    ["CloudFormation reads as a function", { "Fn::Sub": "x" }, ["cloudformation"]],
    ["CloudFormation resolves", { a: "{{resolve:ssm:name}}" }, ["cloudformation"]],
    ["CloudFormation resolves in a key", { "{{\nresolve:ssm:name}}": "a" }, ["cloudformation"]],
  ] as const) {
    it(`are not printed, nor what they belong to, of those that ${what}`, () => {
      const diagnosis = tagged(tags);
      for (const form of ["cli", "terraform", "cloudformation"] as const) {
        const cannot = /^(# |: ')No (command|resource|template) can hold this: /m.test(reportFix(diagnosis, 1, form));
        const isMade = /^(aws |resource |Resources:)/m.test(reportFix(diagnosis, 1, form));
        expect([form, cannot, isMade]).to.deep.equal([form, forms.some((one) => one === form), !cannot]);
      }
    });
  }
});

describe("A managed policy as Terraform", () => {
  it("says that its description has to stay, with which the policy would be made anew", () => {
    const diagnosis = diagnose(buildSnapshot([], kindsOfChange["a managed policy's Deny spares the caller"] ?? {}));
    expect(reportFix(diagnosis, 1, "terraform")).to.match(/^# Its description must be what it is now: /m);
  });
});
