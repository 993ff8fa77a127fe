import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { role } from "../../lib/emulator/index.js";
import { built } from "../built.js";
import { environmentOf } from "../cli/inEmulator.js";
import { served } from "../emulator/served.js";
import { accountIdOf, managementId, plantedOrganization } from "./plantedOrganization.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const example = join(root, "examples/organization");

interface Asl {
  States: {
    Accounts: {
      ItemReader: { ReaderConfig: { InputType: string } };
      ItemBatcher: { MaxItemsPerBatch: number; BatchInput: Record<string, string> };
      ItemProcessor: { States: { Survey: { Parameters: Record<string, string>; OutputPath: string } } };
      ResultWriter: { WriterConfig: { OutputType: string; Transformation: string } };
    };
  };
}
const { Accounts } = (JSON.parse(readFileSync(join(example, "survey.asl.json"), "utf8")) as Asl).States;

/** What Step Functions makes of the machine's input: the payloads of the function, a batch each. */
function payloadsOf(input: Record<string, string | null>, items: object[]): object[] {
  const { MaxItemsPerBatch: size, BatchInput: paths } = Accounts.ItemBatcher;
  const entries = Object.entries(paths).map(([name, path]) => {
    expect(name).to.match(/\.\$$/);
    return [name.slice(0, -2), input[path.replace(/^\$\./, "")] ?? null];
  });
  const batches = Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
  return batches.map((Items) => ({ BatchInput: Object.fromEntries(entries) as object, Items }));
}

/** As the Lambda runtime calls it: an event, a context, an answer that is JSON. */
const runtime = `
import { text } from "node:stream/consumers";
import { handler } from "./handler.mjs";
const until = Date.now() + 120_000;
const answer = await handler(JSON.parse(await text(process.stdin)), { getRemainingTimeInMillis: () => until - Date.now() });
process.stdout.write(JSON.stringify(answer));`;

/** The organization of which three accounts can be read, and one has no role for it. */
function organization() {
  const { world } = plantedOrganization(4, 0);
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${managementId}:root` }, Action: "sts:AssumeRole" }],
  };
  const allow = (...Action: string[]) => [
    { name: "Own", document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] } },
  ];
  for (const account of world.accounts) {
    if (account.id === managementId) {
      account.roles.push(role({ name: "OrganizationReader", inlinePolicies: allow("organizations:*") as never }));
      continue;
    }
    account.roles.push(
      role({ name: "Creator", inlinePolicies: allow("backup:*", "backup-storage:*", "kms:*") as never }),
      role({ name: "Silent" }),
    );
    if (account.id === accountIdOf(2)) continue;
    account.roles.push(
      role({
        name: "VaultAuditor",
        trustPolicy: trust as never,
        inlinePolicies: allow("iam:GetAccountAuthorizationDetails", "kms:Describe*", "kms:Get*", "kms:List*") as never,
      }),
    );
  }
  return world;
}

describe("The Lambda function of examples/organization", function () {
  this.timeout(240_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "function-"));
    const modules = join(folder, "node_modules");
    mkdirSync(join(modules, "backup-vault-access"), { recursive: true });
    symlinkSync(join(root, "node_modules/@aws-sdk"), join(modules, "@aws-sdk"));
    writeFileSync(join(modules, "backup-vault-access/package.json"), '{ "type": "module", "exports": "./index.js" }');
    const index = JSON.stringify(built("lib/index.ts"));
    writeFileSync(join(modules, "backup-vault-access/index.js"), `export * from ${index};`);
    copyFileSync(join(example, "handler.mjs"), join(folder, "handler.mjs"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("answers the map's batches, a line an account, one that cannot be read too", () =>
    served({ world: organization() }, async (emulator) => {
      expect(Accounts.ItemReader.ReaderConfig.InputType).to.equal("JSON");
      const items = [0, 1, 2, 3].map((n) => ({ accountId: accountIdOf(n) }));
      const input = {
        bucket: "results",
        accounts: "accounts.json",
        vault: "prod-vault",
        region: "us-west-2",
        key: null,
        auditorRole: "VaultAuditor",
        organizationRole: `arn:aws:iam::${managementId}:role/OrganizationReader`,
      };
      const { Parameters, OutputPath } = Accounts.ItemProcessor.States.Survey;
      expect([Parameters["Payload.$"], OutputPath]).to.deep.equal(["$", "$.Payload"]);
      const { AWS_PROFILE: _, ...env } = environmentOf(emulator);

      const invoked = async (payload: object) => {
        const child = spawn(process.execPath, ["--input-type=module", "--eval", runtime], {
          cwd: folder,
          env: { ...process.env, ...env, NODE_NO_WARNINGS: "1" },
        });
        child.stdin.end(JSON.stringify(payload));
        const [stdout, stderr, [status]] = await Promise.all([
          text(child.stdout),
          text(child.stderr),
          once(child, "exit"),
        ]);
        expect([status, stderr]).to.deep.equal([0, ""]);
        expect(stdout.length).to.be.lessThan(256 * 1024);
        return JSON.parse(stdout) as object[];
      };
      const answers = await Promise.all(payloadsOf(input, items).map(invoked));

      // What the ResultWriter makes of them: each batch's list flattened, a line each.
      expect(Accounts.ResultWriter.WriterConfig).to.deep.equal({ OutputType: "JSONL", Transformation: "FLATTEN" });
      const lines = answers.flat();
      const silent = { layer: "identity-policy", policy: null, statement: null };
      const answered = (n: number) => ({
        accountId: accountIdOf(n),
        allowed: 1,
        blocked: 2,
        inconclusive: 0,
        refused: ["Silent", "VaultAuditor"].map((name) => ({
          principal: `arn:aws:iam::${accountIdOf(n)}:role/${name}`,
          ...silent,
        })),
        omitted: 0,
      });
      expect([lines[0], lines[1], lines[3]]).to.deep.equal([0, 1, 3].map(answered));
      expect(lines[2])
        .to.have.property("error")
        .that.matches(/AssumeRole/);
      // What the accounts share is read once for the batch.
      const asked = emulator.requests.map(({ operation }) => operation);
      expect(asked.filter((operation) => operation === "ListRoots")).to.have.length(1);
      // The arithmetic of the example's README, for the three accounts that can be read.
      const count = (wanted: RegExp) => asked.filter((operation) => wanted.test(operation)).length;
      expect(count(/^GetAccountAuthorizationDetails$/)).to.equal(2 * 3);
      expect(count(/^DescribeAccount$/)).to.equal(3);
      expect(count(/^(DescribeKey|GetKeyPolicy|ListGrants|ListAliases|ListResourceTags)$/)).to.be.at.most(5 * 3);
      expect(count(/^AssumeRole$/)).to.equal(4 + 1);
    }));

  it("takes a role once for all, and anew where that failed", async () => {
    const script = `import { once } from "./handler.mjs";
let tries = 0;
const take = once(async () => {
  tries += 1;
  if (tries === 1) throw new Error("throttled");
  return tries;
});
const told = await Promise.allSettled([take(), take()]);
process.stdout.write(JSON.stringify([...told.map(({ status }) => status), await take(), await take()]));`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: folder,
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });

    expect(JSON.parse(await text(child.stdout))).to.deep.equal(["rejected", "rejected", 2, 2]);
  });
});
