import { execFileSync } from "node:child_process";
import { parse as parseTerraform } from "@cdktf/hcl2json";
import { expect } from "chai";
import { applyPatch } from "diff";
import { parse as parseYaml } from "yaml";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { fixForms, report, reportFix } from "../../lib/report/index.js";
import { kindsOfChange } from "../fix/kindsOfChange.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";

/** The words of each command, as a shell splits them. */
function commandsIn(text: string): string[][] {
  const script = `aws() { printf 'aws\\0' >&2; for word in "$@"; do printf '%s\\0' "$word" >&2; done; printf '\\n\\0' >&2; echo p-made; }\n${text}`;
  const { stderr } = run(script);
  return stderr
    .split("\n\0")
    .filter((one) => one !== "")
    .map((one) => one.split("\0").slice(0, -1));
}

function run(script: string): { stderr: string } {
  const stderr = execFileSync("sh", ["-c", `{ ${script}\n} 2>&1 >/dev/null`], { encoding: "utf8" });
  return { stderr };
}

/** The policy documents in a parsed template, by whatever element holds them. */
function documentsIn(value: unknown): unknown[] {
  if (typeof value === "string" && value.trimStart().startsWith("{")) {
    return [JSON.parse(value.replaceAll("$${", "${").replaceAll("%%{", "%{"))];
  }
  if (typeof value !== "object" || value === null) return [];
  if ("Statement" in value) return [value];
  return Object.values(value).flatMap(documentsIn);
}

/** The documents that a fix changes or makes, that of its own policy first. */
function allDocuments(diagnosis: Diagnosis, number: number): unknown[] {
  const { document, further = [] } = diagnosis.fixes[number - 1] ?? {};
  return [...(document === undefined ? [] : [document]), ...further.map((one) => one.document)].map(
    ({ after }) => JSON.parse(after) as unknown,
  );
}

function each(
  visit: (diagnosis: Diagnosis, number: number, document: unknown) => Promise<void> | void,
): () => Promise<void> {
  return async () => {
    for (const [name, patch] of Object.entries(kindsOfChange)) {
      const diagnosis = diagnose(buildSnapshot([], patch));
      expect(diagnosis.fixes, name).not.to.deep.equal([]);
      for (const [index, { document }] of diagnosis.fixes.entries()) {
        try {
          await visit(diagnosis, index + 1, document === undefined ? null : JSON.parse(document.after));
        } catch (error) {
          throw new Error(`${name}, fix ${index + 1}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          });
        }
      }
    }
  };
}

describe("reportFix", function () {
  this.timeout(60_000);

  it(
    "prints commands that a shell hands to the AWS CLI with the whole document in one word",
    each((diagnosis, number, document) => {
      const commands = commandsIn(reportFix(diagnosis, number, "cli"));
      if (document === null) return;
      const words = commands.flat();
      expect(words.filter((word) => word.startsWith("{")).map((word) => JSON.parse(word) as unknown)).to.deep.equal(
        allDocuments(diagnosis, number),
      );
    }),
  );

  it(
    "prints Terraform that Terraform's own parser reads, with the document in it",
    each(async (diagnosis, number, document) => {
      const text = reportFix(diagnosis, number, "terraform");
      const parsed = await parseTerraform("main.tf", text);
      // The provider assumes roles, and makes no federated users.
      const isFederating = reportFix(diagnosis, number, "cli").includes("aws sts get-federation-token");
      expect(documentsIn(parsed)).to.deep.equal(
        document === null || isFederating ? [] : allDocuments(diagnosis, number),
      );
    }),
  );

  it(
    "prints CloudFormation that YAML reads, with the document in it",
    each((diagnosis, number, document) => {
      const text = reportFix(diagnosis, number, "cloudformation");
      const parsed: unknown = parseYaml(text);
      const isSession = reportFix(diagnosis, number, "cli").includes("aws sts ");
      expect(documentsIn(parsed)).to.deep.equal(document === null || isSession ? [] : allDocuments(diagnosis, number));
    }),
  );

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html: there is no escape
  for (const odd of [
    { Resource: "arn:aws:s3:::{{resolve:secretsmanager:prod/db}}" },
    { Resource: "arn:aws:s3:::\u007b{Resolve:ssm:name}}" },
    { Condition: { StringEquals: { Ref: "AWS::AccountId" } } },
    { Condition: { StringEquals: { "Fn::Sub": "${AWS::Region}" } } },
  ]) {
    it(`prints no CloudFormation that would put something else in the place of ${JSON.stringify(odd)}`, () => {
      const document = JSON.stringify({
        Statement: [
          { Effect: "Allow", Action: ["backup:*", "backup-storage:*"], Resource: "*" },
          { Effect: "Allow", Action: "s3:*", Resource: "*", ...odd },
        ],
      });
      const policy = { name: "Own", attachedTo: "role/Deployer", document };
      const diagnosis = diagnose(buildSnapshot([], { "policies.identity": { status: "read", value: [policy] } }));

      const text = reportFix(diagnosis, 1, "cloudformation");

      expect(diagnosis.fixes[0]?.document?.after).to.contain(Object.keys(odd)[0]);
      expect(text).to.match(/^# No template can hold this/m);
      expect(text).not.to.contain("Resources:");
    });
  }

  it("leaves what CloudFormation's Fn::Sub alone would read as it is, and doubles what begins a template of Terraform", async () => {
    const texts = ["${aws:username}", "$${x}", "$$$${x}", "%{if true}", "%%{x}", "${!Literal}"];
    const statement = { Effect: "Allow", Action: "s3:*", Resource: texts.map((text) => `arn:aws:s3:::a/${text}`) };
    const diagnosis = diagnose(
      buildSnapshot([], {
        "policies.identity": [{ name: "Own", attachedTo: "role/Deployer", statements: ["Allow backup:*", statement] }],
      }),
    );
    const wanted: unknown = JSON.parse(diagnosis.fixes[0]?.document?.after ?? "");

    const parsed = await parseTerraform("main.tf", reportFix(diagnosis, 1, "terraform"));
    expect(documentsIn(parsed)).to.deep.equal([wanted]);
    expect(documentsIn(parseYaml(reportFix(diagnosis, 1, "cloudformation")))).to.deep.equal([wanted]);
  });

  it(
    "prints a diff that makes the new document of the old one",
    each((diagnosis, number, document) => {
      const { document: texts } = diagnosis.fixes[number - 1] ?? {};
      // Of several policies, each has a patch of its own.
      const [diff = ""] = reportFix(diagnosis, number, "diff").split(/^(?=--- \/dev\/null$)/m);
      if (texts === undefined || document === null || (texts.before ?? "").includes("\u202E")) return;
      const before = texts.before === null ? "" : `${texts.before}\n`;
      expect(applyPatch(before, diff)).to.equal(`${texts.after}\n`);
    }),
  );

  it(
    "prints the whole new document as JSON",
    each((diagnosis, number, document) => {
      const parsed: unknown = JSON.parse(reportFix(diagnosis, number, "json"));
      const documents = allDocuments(diagnosis, number);
      const whole = documents.length > 1 ? documents : document;
      expect(parsed).to.deep.equal(whole ?? JSON.parse(JSON.stringify(diagnosis.fixes[number - 1])));
    }),
  );

  it(
    "prints nothing that a terminal obeys, in no form",
    each((diagnosis, number) => {
      for (const form of fixForms) {
        expect(reportFix(diagnosis, number, form), form).not.to.match(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      }
    }),
  );

  it(
    "stands in the HTML page in every form, the hostile as text",
    each((diagnosis, number, document) => {
      const page = report(diagnosis, "html");
      const shown = page
        .replaceAll(/<\/?(ins|del)>/g, "")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
      for (const form of document === null ? [] : fixForms) {
        const text = reportFix(diagnosis, number, form).trimEnd();
        if (/^(?!# |: ')/m.test(text)) expect(shown, form).to.contain(text);
      }
      for (const odd of ["<script", "\u001B", "\u202E"]) expect(page).not.to.contain(odd);
    }),
  );

  it("leaves no capital word to fill in where everything is known", () => {
    const seen = Object.entries(kindsOfChange).flatMap(([name, patch]) => {
      const diagnosis = diagnose(buildSnapshot([], patch));
      return diagnosis.fixes.flatMap((_, index) =>
        /\b(NAME|KEY_ARN|ACCOUNT|POLICY_ID|TARGET_ID|SESSION|FILL_IN)\b(?!")/.test(
          reportFix(diagnosis, index + 1, "cli").replace(/^: '.*$/gm, ""),
        )
          ? [name]
          : [],
      );
    });

    expect(seen).to.deep.equal([]);
  });

  it("says which fixes there are where there is no such one", () => {
    const blocked = diagnose(buildSnapshot([], { "key.state": "Disabled" }));
    const allowed = diagnose(buildSnapshot([], {}));

    expect(() => reportFix(blocked, 9, "cli")).to.throw(
      RangeError,
      `expected a whole number from 1 to ${blocked.fixes.length}`,
    );
    expect(() => reportFix(allowed, 1, "cli")).to.throw(RangeError, "there are no fixes");
  });
});
