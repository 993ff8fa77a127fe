import { expect } from "chai";
import { account, type Emulator, type Fault, key, organization, target, type World } from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { accountId, deny, managementId, memberWorld } from "../emulator/worlds.js";
import { collected, settings } from "./collected.js";

const guarded = () => memberWorld({ serviceControl: deny("ec2:*"), resourceControl: deny("kms:PutKeyPolicy") });

/** The guarded world with some types of policy not enabled in its root. */
function withTypes(policyTypes: World["organizations"][number]["policyTypes"]): World {
  const world = guarded();
  return { ...world, organizations: world.organizations.map((one) => ({ ...one, policyTypes })) };
}

const refusedTo = (operation: string): Fault => ({
  effect: "error",
  service: "organizations",
  operation,
  code: "AccessDeniedException",
  status: 400,
});
const refused = refusedTo("DescribeAccount");

const asked = (emulator: Emulator, name: string) =>
  emulator.requests.filter(({ operation }) => operation === name).length;

/** Where policies are attached, and which. */
const levels = (evidence: { status: string; value?: { id: string; policies: { name: string }[] }[] }) =>
  evidence.value?.map(({ id, policies }) => [id, policies.map(({ name }) => name)]);

describe("The organization's evidence", () => {
  it("is found by the account's path, without asking for its parents", () =>
    served({ world: guarded() }, async (emulator) => {
      const { policies } = (await collected(emulator)).snapshot;

      expect(levels(policies.serviceControl)).to.deep.equal([
        ["r-ab12", ["FullAWSAccess"]],
        ["ou-ab12-11111111", ["FullAWSAccess", "Guard"]],
        [accountId, ["FullAWSAccess"]],
      ]);
      expect(asked(emulator, "ListParents")).to.equal(0);
    }));

  it("is found by walking the parents where the account may not be described", () =>
    served({ world: guarded() }, async (emulator) => {
      const told = (await collected(emulator)).snapshot;
      emulator.inject(refused);

      const walked = (await collected(emulator)).snapshot;

      expect(levels(walked.policies.serviceControl)).to.deep.equal(levels(told.policies.serviceControl));
      expect(levels(walked.policies.resourceControl)).to.deep.equal(levels(told.policies.resourceControl));
      expect(walked.organization).to.deep.equal(told.organization);
      expect(asked(emulator, "ListParents")).to.equal(2);
    }));

  it("is named by the account's ARN, or the root's, where it may not be described itself", () =>
    served({ world: guarded() }, async (emulator) => {
      const told = (await collected(emulator)).snapshot;
      for (const operation of ["DescribeOrganization", "DescribeAccount"]) {
        emulator.inject(refusedTo(operation));
        const { organization: found, policies } = (await collected(emulator)).snapshot;

        expect(found, operation).to.deep.equal(told.organization);
        expect(levels(policies.serviceControl), operation).to.deep.equal(levels(told.policies.serviceControl));
      }
    }));

  // aws-behaviour, scp-exempt and rcp-exempt
  it("has no policies where nothing names the management account, which they would not touch", () =>
    served({ world: guarded() }, async (emulator) => {
      for (const operation of ["DescribeOrganization", "DescribeAccount", "ListRoots"]) {
        emulator.inject(refusedTo(operation));
      }
      const { organization: found, policies } = (await collected(emulator)).snapshot;

      expect(asked(emulator, "ListPoliciesForTarget")).to.be.greaterThan(0);
      expect(found.status).to.equal("unreadable");
      for (const one of [policies.serviceControl, policies.resourceControl]) {
        expect(one)
          .to.have.property("reason")
          .that.matches(/^AccessDeniedException: .*management account/);
      }
    }));

  it("is not taken from a reader in another organization", () => {
    const world = guarded();
    for (const one of world.organizations) {
      one.targets = one.targets.filter(({ id }) => id !== accountId);
    }
    return served({ world }, async (emulator) => {
      const credentials = emulator.credentialsFor(`arn:aws:iam::${managementId}:root`);

      const { snapshot } = await collected(emulator, {
        options: { organization: { ...settings(emulator), credentials } },
      });

      expect(snapshot.organization).to.have.property("status", "unreadable");
      expect(snapshot.policies.serviceControl).to.have.property("status", "unreadable");
    });
  });

  it("of another organization's account is told by that account's own ARN", () => {
    const world = guarded();
    const ownerId = "777788889999";
    const targets = [
      target({ id: "r-zz99", type: "ROOT" }),
      target({ id: ownerId, type: "ACCOUNT", parentId: "r-zz99", policies: [] }),
    ];
    world.organizations.push(organization({ id: "o-otherother", managementAccountId: "999900001111", targets }));
    const arn = `arn:aws:kms:us-west-2:${ownerId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    world.accounts.push(account({ id: ownerId, keys: [key({ arn })] }), account({ id: "999900001111" }));
    return served({ world }, async (emulator) => {
      const { snapshot } = await collected(emulator, { request: { encryptionKeyArn: arn } });

      expect(snapshot.key).to.have.deep.nested.property("value.organization", {
        status: "read",
        value: { id: "o-otherother", managementAccountId: "999900001111", path: "o-otherother/r-zz99/" },
      });
      expect(snapshot.organization).to.have.nested.property("value.id", "o-a1b2c3d4e5");
    });
  });

  it("of a policy type that is not enabled is an empty list, not a refusal", () =>
    served({ world: withTypes({ serviceControl: true, resourceControl: false }) }, async (emulator) => {
      const { policies } = (await collected(emulator)).snapshot;

      expect(policies.resourceControl).to.deep.equal({ status: "read", value: [] });
      expect(levels(policies.serviceControl)).to.have.length(3);
    }));

  it("reads each policy's text once, at however many levels it is attached", () =>
    served({ world: guarded() }, async (emulator) => {
      await collected(emulator);

      const texts = emulator.requests
        .filter(({ operation }) => operation === "DescribePolicy")
        .map(({ input }) => input.PolicyId);
      expect(texts).to.have.length(new Set(texts).size);
      expect(texts).to.include("p-FullAWSAccess");
    }));

  it("is that of the key owner's account for resource control policies, of the caller's for service control policies", () =>
    served({ world: guarded() }, async (emulator) => {
      const encryptionKeyArn = `arn:aws:kms:us-west-2:${managementId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

      const { policies } = (await collected(emulator, { request: { encryptionKeyArn } })).snapshot;

      expect(levels(policies.resourceControl)?.map(([id]) => id)).to.deep.equal(["r-ab12", managementId]);
      expect(levels(policies.serviceControl)?.map(([id]) => id)).to.deep.equal([
        "r-ab12",
        "ou-ab12-11111111",
        accountId,
      ]);
    }));
});
