import { expect } from "chai";
import { account, key, role, world } from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { accountId, allSeven, keyArn, memberWorld } from "../emulator/worlds.js";
import { collected } from "./collected.js";

const notFound = (operation: string) =>
  ({ effect: "error", service: "kms", operation, code: "NotFoundException", status: 400 }) as const;
const details = ["GetKeyPolicy", "ListGrants", "ListAliases", "ListResourceTags"];

describe("A key that KMS says is not there", () => {
  it("is believed to have a policy where only GetKeyPolicy says so", () =>
    served({ world: memberWorld(), faults: [notFound("GetKeyPolicy")] }, async (emulator) => {
      const { snapshot, calls } = await collected(emulator);

      expect(snapshot.key).to.have.nested.property("value.state", "Enabled");
      expect(snapshot.key).to.have.nested.property("value.policy.status", "unreadable");
      // It is an answer, though one that is not believed: nothing failed.
      expect(calls.filter(({ status }) => status !== "answered")).to.deep.equal([]);
    }));

  it("is believed to be there where only DescribeKey says that it is not", () =>
    served({ world: memberWorld(), faults: [notFound("DescribeKey")] }, async (emulator) => {
      const { snapshot } = await collected(emulator);

      expect(snapshot.key).to.have.nested.property("value.state", null);
      expect(snapshot.key).to.have.nested.property("value.policy.status", "read");
    }));

  it("is not there where every call says so", () =>
    served({ world: memberWorld(), faults: ["DescribeKey", ...details].map(notFound) }, async (emulator) => {
      const { snapshot } = await collected(emulator);

      expect(snapshot.key).to.deep.equal({ status: "none" });
    }));

  it("is not known where DescribeKey tells of another key", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const other = keyArn.replace("1234abcd", "ffffffff");
      emulator.inject({
        effect: "answer",
        service: "kms",
        operation: "DescribeKey",
        status: 200,
        contentType: "application/x-amz-json-1.1",
        body: JSON.stringify({ KeyMetadata: { Arn: other, KeyState: "Enabled", KeyManager: "CUSTOMER" } }),
      });

      const { snapshot, calls } = await collected(emulator);

      expect(snapshot.key).to.have.nested.property("value.arn", keyArn);
      expect(snapshot.key).to.have.nested.property("value.state", null);
      expect(calls.find(({ call }) => call === "kms:DescribeKey")?.detail).to.contain("another key's");
    }));
});

describe("A dry run", () => {
  it("that KMS refuses for the key's state says so, and nothing of the caller's rights", () =>
    served(
      {
        world: world({
          region: "us-west-2",
          caller: { arn: `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1` },
          accounts: [
            account({
              id: accountId,
              roles: [role({ name: "Deployer", inlinePolicies: [{ name: "All", document: allSeven }] })],
              keys: [key({ arn: keyArn, state: "Disabled" })],
            }),
          ],
        }),
      },
      async (emulator) => {
        const { snapshot } = await collected(emulator, { options: { probe: "dry-run" } });

        if (snapshot.dryRun?.status !== "read") throw new Error("expected dry runs");
        const byAction = new Map(snapshot.dryRun.value.map((run) => [run.action, run]));
        for (const action of ["kms:CreateGrant", "kms:GenerateDataKey"]) {
          expect(byAction.get(action)).to.deep.equal({ action, allowed: false, keyState: "refused" });
        }
        expect(byAction.get("kms:DescribeKey")).to.deep.equal({ action: "kms:DescribeKey", allowed: true });
      },
    ));
});
