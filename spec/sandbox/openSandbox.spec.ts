import { expect } from "chai";
import { account, user, world } from "../../lib/emulator/index.js";
import { useEmulator } from "../../lib/testing/index.js";
import { failing } from "../testing/failing.js";
import { openSandbox } from "./openSandbox.js";
import { whyNoSandbox, whyNotInAccount } from "./sandboxGuard.js";
import { sandboxJourneys } from "./sandboxJourneys.js";

const accountId = "111122223333";
const [journey] = sandboxJourneys;

describe("The sandbox of the live suite", () => {
  const emulator = useEmulator({
    world: world({
      region: "us-west-2",
      caller: { arn: `arn:aws:iam::${accountId}:user/admin` },
      accounts: [
        account({
          id: accountId,
          users: [user({ name: "admin", attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
        }),
      ],
    }),
  });
  const made = () => {
    const { roles = [], policies = [], keys = [] } = emulator().world.accounts[0] ?? {};
    const live = keys.filter(({ manager, state }) => manager === "CUSTOMER" && state !== "PendingDeletion");
    return { roles: roles.length, policies: policies.length, keys: live.length };
  };

  for (const operation of ["PutRolePolicy", "CreateKey", "AssumeRole"]) {
    it(`removes everything also where ${operation} failed half-way`, async () => {
      if (journey === undefined) throw new Error("there is no journey");
      const sandbox = await openSandbox(emulator().clientConfig());
      emulator().inject({ operation, effect: "error", code: "LimitExceeded", status: 400 });

      const { name } = await failing(() =>
        sandbox.set({ ...journey, boundaryWithout: "backup-storage:MountCapsule", isDefaultKey: false }),
      );
      const left = await sandbox.close();

      expect(name).to.match(/LimitExceeded/);
      expect(left).to.deep.equal([]);
      expect(made()).to.deep.equal({ roles: 0, policies: 0, keys: 0 });
    });
  }

  it("says what it could not remove, and removes the rest", async () => {
    if (journey === undefined) throw new Error("there is no journey");
    const sandbox = await openSandbox(emulator().clientConfig());
    await sandbox.set(journey);
    emulator().inject({
      operation: "ScheduleKeyDeletion",
      effect: "error",
      code: "AccessDeniedException",
      status: 400,
    });

    const left = await sandbox.close();

    expect(left).to.have.length(1);
    expect(left[0]).to.match(/^key: AccessDeniedException/);
    expect(made()).to.deep.equal({ roles: 0, policies: 0, keys: 1 });
  });
});

describe("npm run test:live", () => {
  const asked = { BACKUP_VAULT_ACCESS_LIVE: "1", AWS_PROFILE: "sandbox" };

  for (const [title, env, sandboxAccounts, why] of [
    ["without being asked", { ...asked, BACKUP_VAULT_ACCESS_LIVE: "" }, [accountId], /set BACKUP_VAULT_ACCESS_LIVE=1/],
    ["without a named profile", { ...asked, AWS_PROFILE: "" }, [accountId], /AWS_PROFILE names no profile/],
    ["without an allow list", asked, undefined, /lists no account/],
    ["with an empty allow list", asked, [], /lists no account/],
  ] as const) {
    it(`refuses to run ${title}, and says so`, () => {
      expect(whyNoSandbox({ env, sandboxAccounts })).to.match(why);
    });
  }

  it("refuses to run in an account that the allow list does not hold", () => {
    expect(whyNotInAccount("999900001111", [accountId])).to.match(/^the profile is of account 999900001111, which/);
  });

  it("runs where all three are given", () => {
    expect(whyNoSandbox({ env: asked, sandboxAccounts: [accountId] })).to.equal(null);
    expect(whyNotInAccount(accountId, [accountId])).to.equal(null);
  });
});
