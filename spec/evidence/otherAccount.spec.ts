import { expect } from "chai";
import { account, role } from "../../lib/emulator/index.js";
import { useEmulator } from "../../lib/testing/index.js";
import { accountId, allow, allSeven, memberWorld } from "../emulator/worlds.js";
import { collected, settings } from "./collected.js";

const otherId = "222233334444";
const reading = allow("iam:*", "sts:*", "kms:*");

/** Account 444455556666 with the role Deployer, and another with a role of that very name and a reader. */
function twoAccounts() {
  const world = memberWorld({ identity: allSeven });
  world.accounts.push(
    account({
      id: otherId,
      roles: [
        role({ name: "Deployer", inlinePolicies: [{ name: "Nothing", document: allow("s3:None") }] }),
        role({ name: "Reader", inlinePolicies: [{ name: "Reads", document: reading }] }),
        role({
          name: "ListsOnly",
          inlinePolicies: [{ name: "Lists", document: allow("iam:List*", "iam:GetRolePolicy") }],
        }),
      ],
    }),
  );
  return world;
}

describe("Evidence that somebody of another account reads", () => {
  const emulator = useEmulator({ world: twoAccounts() });
  const readBy = (name: string) => ({
    ...settings(emulator()),
    credentials: emulator().credentialsFor(`arn:aws:iam::${otherId}:role/${name}`),
  });

  for (const [title, reader] of [
    ["", "Reader"],
    [", who may not even ask for the role", "ListsOnly"],
  ] as const) {
    it(`does not take the role of the same name there for the caller's${title}`, async () => {
      const { snapshot } = await collected(emulator(), { options: { evidence: readBy(reader) } });

      const reason = `IAM was read of account ${otherId}, but the role Deployer is of account ${accountId}; read the evidence as somebody of that account`;
      expect(snapshot.policies.identity).to.deep.equal({ status: "unreadable", reason });
      expect(snapshot.policies.permissionsBoundary).to.deep.equal({ status: "unreadable", reason });
      expect(snapshot.caller.principalArn).not.to.include(otherId);
    });
  }

  it("does not take the caller's own role for one of the same name that is asked about", async () => {
    const { snapshot } = await collected(emulator(), {
      request: { principalArn: `arn:aws:iam::${otherId}:role/Deployer` },
    });

    expect(snapshot.policies.identity.status).to.equal("unreadable");
  });

  it("counts where the reader is of the caller's account, though not the caller", async () => {
    const { snapshot, calls } = await collected(emulator());

    expect(snapshot.policies.identity.status).to.equal("read");
    expect(calls.filter(({ call }) => call === "sts:GetCallerIdentity")).to.have.length(1);
  });
});
