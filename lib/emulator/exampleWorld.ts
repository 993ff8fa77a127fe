import type { World } from "./World.js";
import { account, key, role, world } from "./worldParts.js";

/** One account, whose role Deployer may create vaults encrypted with the account's key. */
export function exampleWorld(): World {
  const accountId = "444455556666";
  return world({
    region: "us-west-2",
    caller: { arn: `arn:aws:iam::${accountId}:role/Deployer` },
    accounts: [
      account({
        id: accountId,
        roles: [
          role({
            name: "Deployer",
            inlinePolicies: [
              {
                name: "CreateVault",
                document: {
                  Version: "2012-10-17",
                  Statement: [
                    { Effect: "Allow", Action: ["backup:*", "backup-storage:MountCapsule", "kms:*"], Resource: "*" },
                  ],
                },
              },
            ],
          }),
        ],
        keys: [key({ arn: `arn:aws:kms:us-west-2:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab` })],
      }),
    ],
  });
}
