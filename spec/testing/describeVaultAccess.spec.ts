import { expect } from "chai";
import { diagnose } from "../../lib/index.js";
import {
  describeVaultAccess,
  liveOptionsFor,
  sampleSnapshot,
  useEmulator,
  type VaultAccessExpectation,
} from "../../lib/testing/index.js";
import { accountId, allow, allSeven, keyArn, memberWorld } from "../emulator/worlds.js";
import { failing } from "./failing.js";

const deployer = `arn:aws:iam::${accountId}:role/team/Deployer`;

/** A runner that only notes what it is told. */
function noted() {
  const suites: string[] = [];
  const tests: { title: string; body: () => Promise<void> }[] = [];
  return {
    suites,
    tests,
    runner: {
      describe: (title: string, body: () => void) => {
        suites.push(title);
        body();
      },
      it: (title: string, body: () => Promise<void>) => tests.push({ title, body }),
    },
  };
}

describe("describeVaultAccess", () => {
  it("makes one test of each expectation, named by what it says", () => {
    const { runner, suites, tests } = noted();

    describeVaultAccess(
      [
        { principal: deployer, vault: "prod-vault", expect: "allowed" },
        {
          principal: deployer,
          vault: "prod-vault",
          key: keyArn,
          region: "us-west-2",
          expect: { blockedBy: "service-control-policy", statement: "NoVaults" },
        },
        { vault: "prod-vault", expect: { blockedBy: "key-state" } },
        { name: "interns make none", vault: "prod-vault", expect: { blockedBy: "identity-policy" } },
      ],
      { runner },
    );

    expect(suites).to.deep.equal(["Who may create backup vaults"]);
    expect(tests.map(({ title }) => title)).to.deep.equal([
      "role/team/Deployer may create prod-vault",
      "role/team/Deployer may not create prod-vault with key/1234abcd-12ab-34cd-56ef-1234567890ab in us-west-2: service-control-policy (NoVaults)",
      "the caller may not create prod-vault: key-state",
      "interns make none",
    ]);
  });

  it("takes diagnoses from elsewhere, as offline from a snapshot", async () => {
    const { runner, tests } = noted();
    describeVaultAccess(
      [
        { vault: "prod-vault", expect: { blockedBy: "key-policy", statement: "NoGrants", policy: "default" } },
        { vault: "prod-vault", expect: "allowed" },
      ],
      { runner, check: () => diagnose(sampleSnapshot("key-policy")) },
    );

    await tests[0]?.body();
    const { name, message } = await failing(() => tests[1]?.body());

    expect(name).to.equal("AssertionError");
    expect(message).to.match(/to be allowed, but it is blocked by key-policy \(statement NoGrants\)\.\n\n/);
  });

  for (const [title, expectation, message] of [
    ["a layer that there is not", { vault: "prod", expect: { blockedBy: "scp" } }, /^expectations\[1\]\.expect/],
    [
      "a field that there is not",
      { vault: "prod", expect: "allowed", pricipal: "x" },
      /^expectations\[1\]\.pricipal: no field/,
    ],
    ["no vault", { expect: "allowed" }, /^expectations\[1\]\.vault: .* missing/],
    [
      "a principal's name",
      { vault: "prod", expect: "allowed", principal: "Deployer" },
      /^expectations\[1\]\.principal: expected the ARN/,
    ],
    [
      "a key's id",
      { vault: "prod", expect: "allowed", key: "1234abcd" },
      /^expectations\[1\]\.key: expected the ARN of a KMS key/,
    ],
  ] as const) {
    it(`refuses ${title} before any test is made`, async () => {
      const { runner, suites } = noted();
      const expectations = [{ vault: "prod", expect: "allowed" }, expectation] as unknown as VaultAccessExpectation[];

      const error = await failing(() => describeVaultAccess(expectations, { runner }));

      expect(error.message).to.match(message);
      expect(suites).to.deep.equal([]);
    });
  }

  it("refuses an empty list, which would pass without a test", async () => {
    expect((await failing(() => describeVaultAccess([]))).message).to.match(/at least one expectation/);
  });

  it("says what to pass where the runner has no globals", async () => {
    const expectations: VaultAccessExpectation[] = [{ vault: "prod", expect: "allowed" }];
    const globals = globalThis as Record<string, unknown>;
    const { describe: given } = globals;
    globals.describe = undefined;
    try {
      const { message } = await failing(() => describeVaultAccess(expectations));

      expect(message).to.equal(
        'the test runner has no global describe(); pass it, as { runner: { describe, it } } from "vitest"',
      );
    } finally {
      globals.describe = given;
    }
  });
});

describe("describeVaultAccess in this very suite, live against the emulator", () => {
  const emulator = useEmulator({ world: memberWorld({ identity: allow("backup:*", "kms:*") }) });

  describeVaultAccess(
    [
      { vault: "prod-vault", key: keyArn, expect: { blockedBy: "identity-policy" } },
      { principal: deployer, vault: "prod-vault", key: keyArn, expect: { blockedBy: "identity-policy" } },
      { principal: `arn:aws:iam::${accountId}:user/alice`, vault: "prod-vault", key: keyArn, expect: "allowed" },
    ],
    {
      title: "of a world whose role lacks backup-storage:MountCapsule",
      live: () => liveOptionsFor(emulator()),
    },
  );
});

describe("useEmulator", () => {
  const emulator = useEmulator({ world: memberWorld({ identity: allSeven }) });

  it("gives a world, which a test may change", () => {
    emulator().world.accounts = [];

    expect(emulator().world.accounts).to.deep.equal([]);
  });

  it("gives the next test a fresh one", () => {
    expect(emulator().world.accounts.map(({ id }) => id)).to.include(accountId);
    expect(emulator().requests).to.deep.equal([]);
  });

  it("serves another world for one test", () => {
    emulator().reset(memberWorld({ role: { name: "Other" } }));

    expect(emulator().world.accounts[0]?.roles[0]?.name).to.equal("Other");
  });

  it("gives the world of the suite again after it", () => {
    expect(emulator().world.accounts[0]?.roles[0]?.name).to.equal("Deployer");
  });

  it("says that an emulator runs only within hooks and tests", async () => {
    const unused = useEmulator({ runner: { beforeAll: () => {}, beforeEach: () => {}, afterAll: () => {} } });

    expect((await failing(unused)).message).to.match(/^the emulator runs only within hooks and tests/);
  });
});
