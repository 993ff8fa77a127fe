import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { XmlDocument } from "libxml2-wasm";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { reportFormats } from "../../lib/report/ReportFormat.js";
import { served } from "../emulator/served.js";
import { memberWorld } from "../emulator/worlds.js";
import { poison } from "../report/poison.js";
import { cliAt } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

/** A template in which every name and text is hostile, and what it hangs on is known only after the deployment. */
const [key, vault, parameter, condition] = ["Key", "Vault", "Parameter", "Condition"].map((name) => `${name}${poison}`);
const template = JSON.stringify({
  Parameters: { [`${parameter}`]: { Type: "String" } },
  Conditions: { [`${condition}`]: { "Fn::Equals": [{ Ref: parameter }, "a"] } },
  Resources: {
    [`${key}`]: {
      Type: "AWS::KMS::Key",
      Properties: {
        KeyPolicy: {
          Version: "2012-10-17",
          Statement: {
            Sid: poison,
            Effect: "Deny",
            Principal: "*",
            Action: "kms:*",
            Resource: "*",
            Condition: { StringEquals: { [`aws:PrincipalTag/${poison}`]: { Ref: parameter } } },
          },
        },
      },
    },
    [`${vault}`]: {
      Type: "AWS::Backup::BackupVault",
      Condition: condition,
      Properties: {
        BackupVaultName: { Ref: parameter },
        EncryptionKeyArn: { "Fn::GetAtt": [key, "Arn"] },
        BackupVaultTags: { [poison]: poison },
      },
    },
    [`Nested${poison}`]: { Type: "AWS::CloudFormation::Stack" },
  },
});

const pageOf = (markdown: string) =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

describe("A plan in which somebody hid commands, controls and markup", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  after(() => rmSync(folder, { recursive: true }));

  it("is obeyed by no terminal, no CI system and no browser, in whatever format", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const env = environmentOf(emulator);
      const file = join(folder, "template.json");
      writeFileSync(file, template);
      const args = ["check", "--plan", file, "--principal", "arn:aws:iam::444455556666:role/Deployer"];
      for (const format of reportFormats) {
        const { stdout, stderr, code } = await cliAt([...args, "--format", format], env);

        expect(code, format).to.equal(1);
        expect(stderr, format).to.include("a nested stack is not looked into");
        for (const text of [stdout, stderr]) {
          expect(text, format).to.not.match(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          expect(text, format).to.not.match(/##[\w.-]*\[/);
          const commands = text.split("\n").filter((line) => line.trimStart().startsWith("::"));
          for (const line of commands) expect(line).to.match(format === "github" ? /^::(error|warning) title=/ : /^$/);
        }
        if (["json", "ndjson", "sarif"].includes(format)) expect(() => JSON.parse(stdout), format).to.not.throw();
        if (format === "junit") expect(XmlDocument.fromString(stdout).find("//testcase")).to.have.length(1);
        if (format === "html") expect(stdout).to.not.match(/<script>owned|<img /);
        if (format === "markdown") expect(pageOf(stdout)).to.not.match(/<script>owned|<img |href="http:\/\/evil/);
      }
    }));
});
