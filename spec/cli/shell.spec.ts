import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { isColored } from "../../lib/cli/tell.js";
import { role } from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { memberWorld } from "../emulator/worlds.js";
import { cli, cliAt } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const commands = [
  "explain",
  "run",
  "check",
  "snapshot",
  "policy",
  "emulator",
  "test",
  "sweep",
  "init",
  "mcp",
  "completion",
];

describe("Help", () => {
  for (const command of commands) {
    it(`of ${command} shows its own options and the shared ones, examples and exit codes`, async () => {
      const { stdout, code } = await cli([command, "--help"]);

      expect(stdout).to.match(/^Usage: backup-vault-access /);
      expect(stdout).to.match(/^Global Options:[\s\S]+--format <format>[\s\S]+-o, --output <file>/m);
      expect(stdout).to.match(/^Examples:\n( {2}.*backup-vault-access .*\n)+/m);
      expect(stdout).to.match(/^Exit codes:\n[\s\S]+ 3 {2}bad usage[\s\S]+70 {2}a fault/m);
      expect(code).to.equal(0);
    });
  }

  it("lists every command", async () => {
    const { stdout } = await cli(["--help"]);

    for (const command of commands) expect(stdout).to.match(new RegExp(`^  ${command}\\b`, "m"));
  });

  for (const [typed, meant] of [
    [["explan"], "explain"],
    [["chekc", "--vault", "x"], "check"],
    [["check", "--valut", "x"], "--vault"],
    [["policy", "--onyl", "key"], "--only"],
  ] as const) {
    it(`guesses that ${typed.join(" ")} means ${meant}`, async () => {
      const { stderr, code } = await cli([...typed]);

      expect(stderr).to.match(new RegExp(`Did you mean ${meant}\\?`));
      expect(code).to.equal(3);
    });
  }
});

describe("-o=FILE", () => {
  it("writes to FILE, as other tools understand it, and leaves no file =FILE behind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "shell-"));
    try {
      const { stdout } = await cli(["completion", "bash", `-o=${join(folder, "words")}`]);

      expect(stdout).to.equal("");
      expect(await readFile(join(folder, "words"), "utf8")).to.match(/^# Completion/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("A message about what was typed", () => {
  const env = { AWS_REGION: "us-west-2", AWS_EC2_METADATA_DISABLED: "true" };
  for (const [typed, message] of [
    [
      ["check", "--vault", "prod-vault", "--context", "aws:SourceIp=VALUE"],
      /^error: option '--context <key=value>' .* VALUE stands for what you know of it: fill it in\.\n$/,
    ],
    [["check", "--vault", "x"], /^error: --vault: expected 2 to 50 letters, .* found "x"\n$/],
    [
      ["snapshot", "--vault", "prod", "--key", "mine"],
      /^error: --key: expected the ARN of a KMS key, .* found "mine"\n$/,
    ],
    [["check", "--vault", "prod", "--principal", "me"], /^error: --principal: expected the ARN .* found "me"\n$/],
    [["check", "--vault", "prod", "--region", "nowhere"], /^error: --region: expected .* found "nowhere"\n$/],
    [["sweep", "--region", "us west"], /^error: --region us west: expected a Region, as eu-west-1\n$/],
    [["sweep", "--prefix", ""], /^error: --prefix: expected a text that is not empty, found an empty string\n$/],
    [
      ["explain", "--error", "-", "--format", "jso"],
      /^error: --format jso: expected one of .*; did you mean json\?\n$/,
    ],
    [["explain", "--error", "-", "--fix", "1", "--as", "terrafrom"], /; did you mean terraform\?\n$/],
    [["explain", "--error", "-", "--format", "picture"], /^error: --format picture: expected one of [^;]*\n$/],
  ] as const) {
    it(`names the option: ${typed.join(" ")}`, async () => {
      const { stderr, code } = await cli([...typed], { env, stdin: "AccessDenied" });

      expect(stderr).to.match(message);
      expect(code).to.equal(3);
    });
  }
});

describe("Colours", () => {
  const io = { stdout: () => {}, stderr: () => {}, stdin: async () => "", isTerminal: true };

  it("are for terminals that know them: not for one that calls itself dumb, unless they are forced", () => {
    expect(isColored({ color: true }, { ...io, env: { TERM: "xterm" } })).to.equal(true);
    expect(isColored({ color: true }, { ...io, env: { TERM: "dumb" } })).to.equal(false);
    expect(isColored({ color: true }, { ...io, env: { TERM: "dumb", FORCE_COLOR: "1" } })).to.equal(true);
  });
});

describe("backup-vault-access completion", () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    it(`of ${shell} knows every command and its options`, async () => {
      const { stdout, code } = await cli(["completion", shell]);

      for (const command of commands) expect(stdout).to.contain(command);
      for (const option of ["evidence-profile", "principals-from", "format"]) expect(stdout).to.contain(option);
      expect(code).to.equal(0);
    });
  }

  describe("in bash", () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "shell-"));
      await writeFile(join(folder, "my plan.json"), "");
    });
    after(() => rm(folder, { recursive: true }));

    for (const [typed, found] of [
      [["ch"], ["check"]],
      [["explain", "--er"], ["--error"]],
      [["explain", "--format", "js"], ["json"]],
      // bash takes --format=js for three words.
      [["explain", "--format", "=", "js"], ["json"]],
      [
        ["policy", "--as", ""],
        ["json", "terraform", "cloudformation"],
      ],
      [["explain", "--fix", "1", "--as", "d"], ["diff"]],
      [["completion", "f"], ["fish"]],
      [["check", "--plan", "my"], ["my plan.json"]],
      [["emulator", "--record", "my"], ["my plan.json"]],
      // What stands behind an option is no command.
      [["--config", "explain", "check", "--pl"], ["--plan"]],
      [["check", "--vault", "explain", "--pl"], ["--plan"]],
      [["check", "--vault", ""], []],
      [["run", "--qu"], ["--quiet"]],
      [["run", "--", "cat", "my"], ["my plan.json"]],
    ] as const) {
      it(`completes ${typed.join(" ")}`, async () => {
        const { stdout } = await cli(["completion", "bash"]);
        const words = ["backup-vault-access", ...typed].map((word) => `'${word}'`).join(" ");
        const ask = `COMP_WORDS=(${words})\nCOMP_CWORD=${typed.length}\n_backup_vault_access`;
        const script = `${stdout}\n${ask}\nprintf '%s\\n' "\${COMPREPLY[@]}"`;

        const answer = spawnSync("bash", ["-c", script], { encoding: "utf8", cwd: folder });

        expect(answer.stderr).to.equal("");
        expect(answer.stdout.split("\n").filter((word) => word !== "")).to.deep.equal([...found]);
      });
    }
  });

  it("says which shells it knows", async () => {
    const { stderr, code } = await cli(["completion", "tcsh"]);

    expect(stderr).to.match(/Allowed choices are bash, zsh, fish/);
    expect(code).to.equal(3);
  });
});

describe("A configuration file", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "config-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("is written by init so that it can be run once it is filled in", async () => {
    const file = join(folder, "filled.json");
    await cli(["init", "-o", file]);
    const filled = (await readFile(file, "utf8"))
      .replaceAll("ACCOUNT", "444455556666")
      .replace("DEPLOYER", "team/Deployer")
      .replace("APPLICATION", "Reader");
    await writeFile(file, filled);
    const world = memberWorld();
    world.accounts[0]?.roles.push(role({ name: "Reader" }));

    const { stdout, stderr, code } = await served({ world }, (emulator) =>
      cliAt(["test", "--config", file], environmentOf(emulator)),
    );

    expect(stderr).to.equal("");
    expect(stdout).to.match(/2 expectations: 2 met, 0 not met, 0 inconclusive/);
    expect(code).to.equal(0);
  });

  it("is written by init, refused until it is filled in, and never written over", async () => {
    const file = join(folder, "vaults.json");

    const first = await cli(["init", "-o", file]);
    const used = await cli(["test", "--config", file]);
    const again = await cli(["init", "--output", file]);

    expect(first).to.include({ code: 0, stderr: "" });
    expect(used.stderr).to.match(/expectations\.0\.principal|expectations\[0\]\.principal/);
    expect(used.code).to.equal(3);
    expect(again.stderr).to.match(/is there already, and stays as it is/);
    expect(again.code).to.equal(3);
    expect(JSON.parse(await readFile(file, "utf8"))).to.have.property("expectations");
  });

  it("is told by --print-config with what else is in force: how long, where, and as whom the evidence is read", async () => {
    const env = {
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE",
      BACKUP_VAULT_ACCESS_EVIDENCE_SECRET_ACCESS_KEY: "secret",
    };

    const { stdout } = await cli(["check", "--print-config"], { env });
    const named = await cli(["check", "--print-config", "--evidence-profile", "auditor"], { env });

    expect(stdout).to.match(/^timeout = 60 {2}\(default\)$/m);
    expect(stdout).to.match(/^endpoint = "http:\/\/127\.0\.0\.1:4566" {2}\(AWS_ENDPOINT_URL\)$/m);
    expect(stdout).to.match(/^evidenceAccessKeyId = "ASIAIOSFODNN7EXAMPLE" {2}\(BACKUP_VAULT_ACCESS_EVIDENCE_/m);
    expect(stdout + named.stdout).not.to.match(/secret/);
    expect(named.stdout)
      .to.match(/^evidenceProfile = "auditor"/m)
      .and.not.match(/evidenceAccessKeyId/);
  });

  it("is told by --print-config with where each setting comes from, and nothing is done", async () => {
    const file = join(folder, "settings.json");
    await writeFile(file, JSON.stringify({ vault: "of-the-file", region: "eu-west-1", timeout: 7 }));

    const { stdout, code } = await cli(
      ["check", "--config", file, "--vault", "of-the-line", "--print-config", "--format", "json"],
      { env: { AWS_PROFILE: "of-the-environment", AWS_REGION: "us-east-1" } },
    );

    const settings = JSON.parse(stdout) as { name: string; value: unknown; from: string }[];
    const told = (name: string) => settings.find((setting) => setting.name === name);
    expect(told("vault")).to.deep.equal({ name: "vault", value: ["of-the-line"], from: "command line" });
    expect(told("region")).to.deep.equal({ name: "region", value: "eu-west-1", from: file });
    expect(told("timeout")).to.deep.equal({ name: "timeout", value: 7, from: file });
    expect(told("profile")).to.deep.equal({ name: "profile", value: "of-the-environment", from: "AWS_PROFILE" });
    expect(told("parallel")).to.deep.equal({ name: "parallel", value: 4, from: "default" });
    expect(code).to.equal(0);
  });
});

describe("backup-vault-access policy", () => {
  // https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
  it("as Terraform holds nothing that Terraform fills in", async () => {
    const role = "arn:aws:iam::444455556666:role/a${file(1)}%{if x}";
    const { stdout } = await cli(["policy", "--only", "key", "--principal", role, "--as", "terraform"]);

    expect(stdout).to.contain("role/a$${file(1)}%%{if x}");
  });

  it("writes placeholders for what it does not know, which are no names of anything", async () => {
    const { stdout } = await cli(["policy", "--vault", "prod-vault"]);

    expect(stdout).to.contain("arn:aws:backup:REGION:ACCOUNT_ID:backup-vault:prod-vault");
    expect(stdout).to.contain("arn:aws:iam::ACCOUNT_ID:role/ROLE_NAME");
    expect(stdout).to.not.match(/\d{12}|us-west-2/);
  });

  it("takes the environment's Region", async () => {
    const { stdout } = await cli(["policy", "--only", "key"], { env: { AWS_REGION: "eu-north-1" } });

    expect(stdout).to.contain("backup.eu-north-1.amazonaws.com");
  });

  for (const [only, sign] of [
    ["creator", "backup-storage:MountCapsule"],
    ["key", "kms:ViaService"],
    ["reader", "iam:SimulatePrincipalPolicy"],
  ] as const) {
    it(`prints the ${only}'s alone, as a document, for Terraform and for CloudFormation`, async () => {
      const [plain, terraform, template] = [
        await cli(["policy", "--only", only]),
        await cli(["policy", "--only", only, "--as", "terraform"]),
        await cli(["policy", "--only", only, "--as", "cloudformation"]),
      ];

      expect(JSON.stringify(JSON.parse(plain.stdout))).to.contain(sign);
      expect(terraform.stdout).to.match(only === "key" ? /^# .*\nlocals \{/ : /^resource "aws_iam_policy" /);
      expect(terraform.stdout).to.contain(sign);
      // CloudFormation takes no template without a resource: the key's statement alone is printed as what it is.
      const parsed = parse(template.stdout) as { Resources?: object; Sid?: string };
      expect(parsed).to.have.property(only === "key" ? "Sid" : "Resources");
      expect(template.stdout).to.contain(sign);
    });
  }
});
