import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { serviceNames } from "../../lib/emulator/Call.js";
import { operations } from "../../lib/emulator/operations.js";
import { askedActions } from "./askedActions.js";

const path = new URL("../../docs/emulator.md", import.meta.url);

/** What an operation does not do as AWS does it, and why. Those that are not listed differ in nothing that is known. */
const differences: Record<string, string> = {
  "backup:CreateBackupVault": "the order of the forwarded calls and their grant are assumed: AWS documents neither",
  "backup:CreateLogicallyAirGappedBackupVault": "a key of one's own is refused, and no approval is asked",
  "backup:DeleteRecoveryPoint": "recovery points have neither age nor contents: any lock with a least age keeps them",
  "backup:PutBackupVaultNotifications": "kept and told, nothing is sent",
  "iam:CreateServiceLinkedRole":
    "a role's name that AWS does not publish follows from the service's; the role has no policy",
  "iam:DeleteServiceLinkedRole": "done at once: nothing in a world uses such a role",
  "iam:GetAccountAuthorizationDetails":
    "no instance profiles; of AWS's managed policies those in use; pages are always full",
  "iam:ListInstanceProfilesForRole": "always empty: a world has no instance profiles",
  "iam:SimulateCustomPolicy":
    "wordings of some refusals; catalogue of actions of backup, backup-storage and kms alone; 250,000 statements asked at most",
  "iam:SimulatePrincipalPolicy":
    "wordings of some refusals; catalogue of actions of backup, backup-storage and kms alone; 250,000 statements asked at most",
  "ec2:ModifyVpcEndpoint": "changes the policy alone",
  "sts:AssumeRole":
    "PackedPolicySize is a floor with tags counted: too many tags are refused, policies that pack badly are not, as AWS publishes no packing",
  "sts:AssumeRoleWithWebIdentity":
    "keys come from the world, never from the issuer; trust policies on shared providers need no condition on the subject; PackedPolicySize as in AssumeRole",
  "sts:GetFederationToken": "PackedPolicySize as in AssumeRole",
  "sts:GetSessionToken": "any MFA code is right",
  "kms:Encrypt": "nothing is encrypted: the ciphertext holds its plaintext for anybody",
  "kms:GenerateDataKey": "as Encrypt",
  "kms:GetKeyRotationStatus": "no key is ever really rotated",
  "organizations:CreateAccount": "succeeds at once",
  "organizations:RemoveAccountFromOrganization": "no account lacks what it needs to stand alone",
  "cloudtrail:LookupEvents": "told after the delay that is set, not after minutes",
};

const first = JSON.parse(readFileSync(new URL("tables/firstOperations.json", import.meta.url), "utf8")) as Record<
  string,
  string[]
>;

function tables(): string {
  return serviceNames
    .map((service) => {
      const rows = Object.keys(operations[service])
        .sort()
        .map((name) => {
          const since = first[service]?.includes(name) ? "0.1.0" : "unreleased";
          const asked = askedActions(service, name).join(", ");
          return `| ${name} | ${since} | ${asked} | ${differences[`${service}:${name}`] ?? ""} |`;
        });
      const head = [
        "| operation | since | asks the policies for | differs from AWS, and why |",
        "| --- | --- | --- | --- |",
      ];
      return [`### ${service}`, "", ...head, ...rows, ""].join("\n");
    })
    .join("\n");
}

describe("docs/emulator.md", () => {
  it("lists the operations that the emulator knows (UPDATE_EMULATOR=1 writes them)", () => {
    const page = readFileSync(path, "utf8");
    const [before = "", after = ""] = page.split("<!-- operations -->\n");
    const expected = `${before}<!-- operations -->\n${tables()}<!-- operations -->\n${page.split("<!-- operations -->\n")[2] ?? ""}`;
    if (process.env.UPDATE_EMULATOR === "1") writeFileSync(path, expected);
    else expect(after).to.equal(tables());
  });

  it("tells differences only of operations that there are", () => {
    const known = serviceNames.flatMap((service) =>
      Object.keys(operations[service]).map((name) => `${service}:${name}`),
    );
    expect(known).to.include.members(Object.keys(differences));
  });
});
