import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { boundedBytes } from "../../lib/cli/boundedBytes.js";
import { isOwnFault } from "../../lib/cli/isOwnFault.js";
import { run } from "../../lib/cli/run.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import type { Emulator, Fault } from "../../lib/emulator/index.js";
import { inEnvironment } from "../../scripts/demonstration/inEnvironment.js";
import { served } from "../emulator/served.js";
import { accountId, allow, keyArn, memberWorld } from "../emulator/worlds.js";
import { cli, cliProcess } from "./cli.js";
import { environmentOf } from "./inEmulator.js";

const check = ["check", "--vault", "prod-vault", "--key", keyArn];

function ended(emulator: Emulator, args: string[], environment: Record<string, string> = {}) {
  const env = { ...environmentOf(emulator), ...environment };
  return inEnvironment(env, () => cli(args, { env }));
}

const refusedBy = (code: string, more: Partial<Fault> = {}) =>
  ({ effect: "error", code, status: 403, ...more }) as Fault;

// specification, section 6
describe("Failures are told by their root", () => {
  const nobody = `arn:aws:iam::${accountId}:role/Nobody`;
  const failures: { what: string; faults?: Fault[]; args?: string[]; message: RegExp }[] = [
    {
      what: "an expired token",
      faults: [refusedBy("ExpiredToken"), refusedBy("ExpiredTokenException")],
      message: /^error: there are no credentials that work \(sts:GetCallerIdentity: ExpiredToken/,
    },
    {
      what: "credentials that AWS does not know",
      faults: [refusedBy("InvalidClientTokenId")],
      message: /^error: there are no credentials that work \(sts:GetCallerIdentity: InvalidClientTokenId/,
    },
    {
      what: "a principal that does not exist",
      args: ["--principal", nobody],
      message: new RegExp(`^error: there is no ${nobody} \\(iam:GetRole: NoSuchEntity`),
    },
    {
      what: "an answer that says nobody calls",
      faults: [
        {
          effect: "answer",
          service: "sts",
          status: 200,
          contentType: "text/xml",
          body: "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>nobody</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>",
        },
      ],
      message: /^error: who calls is not known \(sts:GetCallerIdentity: MalformedResponse: Arn is not as documented/,
    },
    {
      what: "a proxy that answers instead of AWS",
      faults: [{ effect: "answer", status: 403, contentType: "text/html", body: "<html>Not from here.</html>" }],
      message: /^error: could not read anything from AWS \(.*\)\. What answers there is not AWS: /,
    },
    {
      what: "no network",
      faults: [{ effect: "reset" }],
      message: /^error: could not read anything from AWS \(.*\)\. Nothing answers at that address: /,
    },
  ];
  for (const { what, faults = [], args = [], message } of failures) {
    for (const command of ["check", "snapshot"]) {
      it(`${command} ends with 4 for ${what}, in one line and with nothing on stdout`, () =>
        served({ world: memberWorld(), faults }, async (emulator) => {
          const { code, stdout, stderr } = await ended(emulator, [command, ...check.slice(1), ...args]);

          expect(stderr).to.match(message);
          expect(stderr.trimEnd()).to.not.contain("\n");
          expect({ code, stdout }).to.deep.equal({ code: 4, stdout: "" });
        })).timeout(30_000);
    }
  }

  const config = `[profile process]
credential_process = /bin/false
[profile rounds]
role_arn = arn:aws:iam::444455556666:role/Deployer
source_profile = square
[profile square]
role_arn = arn:aws:iam::444455556666:role/Deployer
source_profile = rounds
[profile token]
role_arn = arn:aws:iam::444455556666:role/Deployer
web_identity_token_file = /nowhere/token
[profile begun]
sso_session = corp
sso_account_id = 444455556666
sso_role_name = Deployer
[sso-session corp]
sso_region = us-west-2
sso_start_url = https://corp.awsapps.com/start
`;
  const profiles: Record<string, RegExp> = {
    nobody: /using profile: \[nobody\] .*There is no such profile, or it has no credentials: /,
    process: /Command failed: \/bin\/false.*credential_process gives none: /,
    rounds: /Detected a cycle .*Look at this profile in AWS's configuration file/,
    token: /ENOENT.*A file that credentials are to be read from is not there: /,
    begun: /aws sso login.*The session is over, or was never begun: /,
  };
  for (const [profile, message] of Object.entries(profiles)) {
    for (const command of [check, [...check, "--all-principals"]]) {
      it(`a profile that gives no credentials is told with its reason: ${profile}, ${command.length === check.length ? "alone" : "for all principals"}`, () =>
        served({ world: memberWorld() }, async (emulator) => {
          const folder = mkdtempSync(join(tmpdir(), "profiles-"));
          const file = join(folder, "config");
          writeFileSync(file, config);
          try {
            const named = { option: ["--profile", profile], environment: {} };
            const inForce = { option: [], environment: { AWS_PROFILE: profile } };
            for (const { option, environment } of [named, inForce]) {
              const { code, stdout, stderr } = await ended(emulator, [...command, ...option], {
                AWS_CONFIG_FILE: file,
                AWS_SHARED_CREDENTIALS_FILE: file,
                BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: "",
                ...environment,
              });

              expect(stderr)
                .to.match(/^error: /)
                .and.match(message);
              expect({ code, stdout }).to.deep.equal({ code: 4, stdout: "" });
            }
          } finally {
            rmSync(folder, { recursive: true, force: true });
          }
        })).timeout(30_000);
    }
  }

  it("the next steps of an answer ask again as the profile that was named", () =>
    served({ world: memberWorld({ identity: allow("kms:*") }) }, async (emulator) => {
      const folder = mkdtempSync(join(tmpdir(), "profiles-"));
      const file = join(folder, "config");
      const {
        AWS_ACCESS_KEY_ID: id,
        AWS_SECRET_ACCESS_KEY: secret,
        AWS_SESSION_TOKEN: token,
      } = environmentOf(emulator);
      writeFileSync(
        file,
        `[profile prod]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\naws_session_token = ${token}\n`,
      );
      try {
        const { code, stdout } = await ended(emulator, [...check, "--profile", "prod"], { AWS_CONFIG_FILE: file });

        expect(stdout).to.match(/backup-vault-access check --vault prod-vault .*--profile prod\n/);
        expect(code).to.equal(1);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }));

  for (const format of ["text", "ndjson"]) {
    it(`several vaults none of which can be asked about end with 4 as one does, also as ${format}`, () =>
      served({ world: memberWorld(), faults: [refusedBy("ExpiredToken")] }, async (emulator) => {
        const { code, stdout, stderr } = await ended(emulator, [
          ...check,
          "--vault",
          "other-vault",
          "--format",
          format,
        ]);

        expect(stderr).to.match(/^error: there are no credentials that work .*\n$/);
        expect({ code, stdout }).to.deep.equal({ code: 4, stdout: "" });
      }));
  }

  it("of several principals, one that does not exist keeps no answer of another back", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const principals = ["--principal", nobody, "--principal", memberWorld().caller.arn];
      const { code, stdout } = await ended(emulator, [...check, ...principals, "--format", "ndjson"]);

      const outcomes = stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as Diagnosis).outcome);
      expect(outcomes).to.have.members(["allowed", "inconclusive"]);
      expect(code).to.equal(2);
    }));

  it("a principal of another account is not said to be missing: IAM tells of the reader's own alone", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const elsewhere = ["--principal", "arn:aws:iam::123456789012:role/Deployer2"];
      const asCaller = { BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: "" };
      for (const environment of [{}, asCaller]) {
        const asked = ["check", "--vault", "prod-vault", ...elsewhere];
        const { code, stdout, stderr } = await ended(emulator, asked, environment);

        expect(stderr).to.equal("");
        expect(stdout.replace(/\s+/g, " ")).to.match(/as somebody of account 123456789012, of which the principal is/);
        expect(code).to.equal(2);
      }
    }));

  it("evidence credentials that do not work end with 4, though the caller's own do", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const { code, stderr } = await ended(emulator, check, {
        BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        BACKUP_VAULT_ACCESS_EVIDENCE_SECRET_ACCESS_KEY: "wrong",
        BACKUP_VAULT_ACCESS_EVIDENCE_SESSION_TOKEN: "",
      });

      expect(stderr).to.match(/^error: there are no credentials that work \(/);
      expect(code).to.equal(4);
    })).timeout(30_000);

  it("a fault of its own ends with 70 and one line", async () => {
    let stderr = "";
    const code = await run(["explain", "--error", "-"], {
      stdout: () => undefined,
      stderr: (text) => {
        stderr += text;
      },
      stdin: () => Promise.reject(new TypeError("cannot read properties\nof undefined")),
      env: {},
      isTerminal: false,
    });

    expect(stderr).to.match(
      /^error: a fault of backup-vault-access itself, please report it: TypeError: cannot read properties of undefined .*\n$/,
    );
    expect(code).to.equal(70);
  });

  for (const [what, text] of [
    ["never answers", "await new Promise(() => undefined);"],
    ["ends the program itself, as if all were allowed", "process.exit(0);"],
  ] as const) {
    it(`a configuration file that ${what} ends with 70 and one line`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "backup-vault-access-"));
      try {
        const config = join(folder, "ends.mjs");
        writeFileSync(config, text);
        const { code, stdout, stderr } = await cliProcess(["test", "--config", config]);

        expect(stderr).to.match(/^error: ended without an answer: .*\n$/);
        expect({ code, stdout }).to.deep.equal({ code: 70, stdout: "" });
      } finally {
        rmSync(folder, { recursive: true });
      }
    }).timeout(30_000);
  }

  it("a profile that asks for a code of multi-factor authentication is no fault of its own", async () => {
    const folder = mkdtempSync(join(tmpdir(), "backup-vault-access-"));
    try {
      const config = join(folder, "config");
      const role =
        "source_profile=default\nrole_arn=arn:aws:iam::444455556666:role/x\nmfa_serial=arn:aws:iam::444455556666:mfa/me";
      writeFileSync(config, `[default]\nregion=us-west-2\n[profile mfa]\n${role}\n`);
      const { code, stderr } = await cliProcess([...check, "--profile", "mfa", "--region", "us-west-2"], {
        AWS_CONFIG_FILE: config,
        AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
        AWS_EC2_METADATA_DISABLED: "true",
      });

      expect(stderr).to.match(/^error: .*profile mfa: .*multi-factor authentication.* export-credentials .*\n$/);
      expect(code).to.equal(4);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(30_000);

  (existsSync("/dev/full") ? it : it.skip)(
    "a disk that is full ends with 4, as no fault of the file that was named",
    async () => {
      const snapshot = fileURLToPath(new URL("../examples/allowed.snapshot.json", import.meta.url));
      const full = await cli(["explain", "--snapshot", snapshot, "--output", "/dev/full"]);
      const nowhere = await cli(["explain", "--snapshot", snapshot, "--output", "/nowhere/answer"]);

      expect(full.stderr).to.match(/^error: --output \/dev\/full: could not be written \(ENOSPC/);
      expect([full.code, nowhere.code]).to.deep.equal([4, 3]);
    },
  );

  it("an input that never ends is read so far and no further", async () => {
    let read = 0;
    const endless = async function* () {
      for (;;) {
        read += 1;
        yield Buffer.alloc(10);
      }
    };
    const error = await boundedBytes(endless(), 25).catch((one: Error) => one);

    expect(error).to.include({ exitCode: 3, message: "expected at most 25 bytes of input, found more" });
    expect(read).to.equal(3);
    const whole = (async function* () {
      yield Buffer.from("to the ");
      yield Buffer.from("very last");
    })();
    expect((await boundedBytes(whole, 16)).toString()).to.equal("to the very last");
  });

  it("arguments that it does not take are told as they are, and do nothing to a terminal or a CI system", async () => {
    for (const args of [
      ["--\u001b[2J\u202e##[group]x"],
      ["\u001b]8;;x\u0007##vso[y]"],
      ["policy", "--as", "\u009b31m"],
    ]) {
      const { code, stderr } = await cli(args);

      expect(code).to.equal(3);
      expect(stderr).to.match(/^error: /);
      expect(stderr).to.not.match(/[^\P{Cc}\n]|\p{Cf}|##[\w.-]*\[/u);
    }
  });

  it("what AWS, the network or the machine did is no fault of its own", () => {
    const withCode = (code: string) => Object.assign(new Error("no"), { code });
    for (const error of [
      Object.assign(new Error("throttled"), { $metadata: { httpStatusCode: 400 } }),
      withCode("ECONNREFUSED"),
      withCode("ENOENT"),
      Object.assign(new Error("none"), { name: "CredentialsProviderError" }),
    ]) {
      expect(isOwnFault(error)).to.equal(false);
    }
    for (const error of [new TypeError("x"), withCode("ERR_INVALID_ARG_TYPE"), new RangeError("deep"), "text", null]) {
      expect(isOwnFault(error)).to.equal(true);
    }
  });
});

// A sample; the doors of the library are put before two thousand in spec/client/damagedAnswers.journey.ts.
describe("A damaged answer at the command line", () => {
  const damaged: Record<string, { service: "kms" | "organizations"; operation: string; body: string }> = {
    "aliases that are no list": { service: "kms", operation: "ListAliases", body: '{"Aliases":{}}' },
    "roots that are no list": { service: "organizations", operation: "ListRoots", body: '{"Roots":{}}' },
    "tags that are a number": { service: "kms", operation: "ListResourceTags", body: '{"Tags":5}' },
    "a grant that is null": { service: "kms", operation: "ListGrants", body: '{"Grants":[null]}' },
    "a key whose ARN is a number": { service: "kms", operation: "DescribeKey", body: '{"KeyMetadata":{"Arn":5}}' },
    "a path that is a number": {
      service: "organizations",
      operation: "DescribeAccount",
      body: '{"Account":{"Paths":[5]}}',
    },
  };
  for (const [what, { service, operation, body }] of Object.entries(damaged)) {
    it(`as ${what}, is told as that call's failure, and the answer is the answer of the rest`, () =>
      served(
        {
          world: memberWorld(),
          faults: [
            { effect: "answer", service, operation, status: 200, contentType: "application/x-amz-json-1.1", body },
          ],
        },
        async (emulator) => {
          const { code, stdout } = await ended(emulator, [...check, "--format", "json"]);

          expect(code).to.be.oneOf([0, 2]);
          const { evidence } = JSON.parse(stdout) as { evidence: { call: string; status: string; detail?: string }[] };
          const failed = evidence.filter(({ status }) => status !== "answered");
          expect(failed.map(({ call }) => call)).to.deep.equal([`${service}:${operation}`]);
          expect(failed[0]?.detail).to.match(
            /^MalformedResponse: (Aliases|Roots|Tags|Grants\.0|KeyMetadata\.Arn|Account\.Paths\.0) /,
          );
        },
      )).timeout(30_000);
  }
});
