import { readFileSync } from "node:fs";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import { redact } from "../../lib/redaction/redact.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Grant, Snapshot } from "../../lib/snapshot/Snapshot.js";

const text = readFileSync(new URL("../examples/allowed.snapshot.json", import.meta.url), "utf8");

function withStatement(added: Record<string, unknown>): (snapshot: Snapshot) => void {
  return ({ policies }) => {
    if (policies.identity.status !== "read") throw new Error("the example has identity policies");
    const statement = {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "*",
      ...added,
    } as unknown as PolicyStatement;
    policies.identity.value.push({
      name: "acme-policy",
      arn: "arn:aws:iam::987654321098:policy/acme/acme-policy",
      attachedTo: "role/Deployer",
      document: { Version: "2012-10-17", Id: "acme", Statement: [statement] },
    });
  };
}

const withCondition = (operator: string, key: string, value: unknown) =>
  withStatement({ Condition: { [operator]: { [key]: value } } });

function withGrant(added: Partial<Grant>): (snapshot: Snapshot) => void {
  return ({ key }) => {
    if (key.status !== "read") throw new Error("the example has a key");
    key.value.grants = {
      status: "read",
      value: [
        { grantId: "acme", granteePrincipal: "arn:aws:iam::444455556666:role/x", operations: ["Decrypt"], ...added },
      ],
    };
  };
}

function withKeyStatement(statement: Record<string, unknown>): (snapshot: Snapshot) => void {
  return ({ key }) => {
    if (key.status !== "read" || key.value.policy.status !== "read") throw new Error("the example has a key policy");
    key.value.policy.value.document = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "kms:*", Resource: "*" },
        { Effect: "Allow", Action: "kms:*", Resource: "*", ...statement },
      ],
    });
  };
}

const withDenial = (message: string) => (snapshot: Snapshot) => {
  snapshot.denial = { name: "AccessDeniedException", message, requestId: "acme" };
};

/** Where a snapshot can hold something of its owner's, each with a word and an account id that nobody else knows. */
const places: Record<string, (snapshot: Snapshot) => void> = {
  "a bucket in Resource": withStatement({ Resource: "arn:aws:s3:::acme-bucket/*" }),
  "a table in Resource": withStatement({ Resource: "arn:aws:dynamodb:us-west-2:987654321098:table/acme" }),
  "a role with a wildcard in Resource": withStatement({ Resource: "arn:aws:iam::987654321098:role/acme-*" }),
  "a vault with a wildcard in Resource": withStatement({
    Action: "backup:*",
    Resource: "arn:aws:backup:us-west-2:444455556666:backup-vault:acme-*",
  }),
  "a name in another script in Resource": withStatement({ Resource: "arn:aws:s3:::acmé-ведро/*" }),
  "no ARN in NotResource": withStatement({ Resource: undefined, NotResource: ["acme"] }),
  "a damaged action": withStatement({ Action: "the acme action" }),
  "a damaged effect": withStatement({ Effect: "acme" }),
  "a list where an element has text": withStatement({ Effect: ["acme", { acme: 987654321098 }] }),
  "an unknown element": withStatement({ AcmeComment: { acme: ["acme"], of: 987654321098 } }),
  "a Sid": withStatement({ Sid: "acme" }),
  "a damaged operator": withCondition("AcmeEquals", "aws:username", "acme"),
  "a user's name": withCondition("StringEquals", "aws:username", "acme-user"),
  "an organization": withCondition("StringEquals", "aws:PrincipalOrgID", "o-acme123456"),
  "a tag": withCondition("StringEquals", "aws:PrincipalTag/acme-key", "acme-value"),
  "a variable": withCondition("StringEquals", "s3:prefix", "$" + "{aws:PrincipalTag/acme, 'acme'}/*"),
  "a prefix": withCondition("StringLike", "s3:prefix", "acme/*"),
  "an endpoint": withCondition("StringEquals", "aws:SourceVpce", "vpce-acme"),
  "an address": withCondition("IpAddress", "aws:SourceIp", ["203.0.113.0/24", "2001:db8:acme::/48"]),
  "an account": withCondition("StringEquals", "aws:PrincipalAccount", ["987654321098"]),
  "an account as a number": withCondition("StringEquals", "aws:PrincipalAccount", 987654321098),
  "an ARN with a wildcard": withCondition("ArnLike", "aws:PrincipalArn", "arn:aws:iam::987654321098:role/acme*"),
  "an external id": withCondition("StringEquals", "sts:ExternalId", "acme-external-id"),
  "an identity provider": withCondition("StringEquals", "idp.acme.com:sub", "acme"),
  "an encryption context": withCondition("StringEquals", "kms:EncryptionContext:acme", "acme"),
  "a grant's id and grantee": withGrant({ granteePrincipal: "arn:aws:iam::444455556666:role/acme-role" }),
  "a grant's retiring principal": withGrant({ retiringPrincipal: "arn:aws:iam::987654321098:user/acme" }),
  "a grant's issuing account": withGrant({ issuingAccount: "arn:aws:iam::987654321098:root" }),
  "a grant's encryption context": withGrant({ constraints: { encryptionContextEquals: { "acme-key": "acme-value" } } }),
  "a key policy's principal": withKeyStatement({ Principal: { AWS: ["arn:aws:iam::987654321098:role/acme"] } }),
  "a key policy's provider": withKeyStatement({
    Principal: { Federated: "arn:aws:iam::987654321098:saml-provider/acme" },
  }),
  "a key policy's unknown principal": withKeyStatement({ Principal: { Acme: "acme" } }),
  "a document that is no JSON": ({ policies }) => {
    if (policies.identity.status === "read") policies.identity.value.push({ name: "acme", document: "{bad acme" });
  },
  "a URL-encoded document": ({ policies }) => {
    if (policies.identity.status !== "read") return;
    const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "acme" }] };
    policies.identity.value.push({ name: "acme", document: encodeURIComponent(JSON.stringify(document)) });
  },
  "a document that was not read": ({ policies }) => {
    if (policies.identity.status !== "read") return;
    policies.identity.value.push({ name: "acme", document: null, unreadable: "acme: 987654321098" });
  },
  "a denial in words of its own": withDenial("blah acme corp 987654321098"),
  "an encoded denial": withDenial("Not authorized. Encoded authorization failure message: acmeBlob"),
  "a denial that names policy and organization": withDenial(
    "User: arn:aws:sts::444455556666:assumed-role/Deployer/acme is not authorized to perform: backup:TagResource on resource: arn:aws:backup:us-west-2:444455556666:backup-vault:acme with an explicit deny in a service control policy: arn:aws:organizations::987654321098:policy/o-acme123456/service_control_policy/p-acme1234 (acme)",
  ),
  "a denial's name": (snapshot) => {
    snapshot.denial = { name: "AcmeException", message: "acme" };
  },
  "why evidence was not read": ({ policies }) => {
    policies.permissionsBoundary = { status: "unreadable", reason: "acme corp" };
  },
  "an organizational unit": ({ policies }) => {
    policies.serviceControl = {
      status: "read",
      value: [
        {
          id: "ou-acme-12345678",
          type: "ORGANIZATIONAL_UNIT",
          name: "acme unit",
          policies: [
            {
              name: "FullAWSAccess",
              arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
              document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
            },
          ],
          unreadable: "acme",
        },
      ],
    };
  },
  "a context key": (snapshot) => {
    snapshot.context = { "aws:PrincipalTag/acme": "acme", "aws:TagKeys": ["acme"] };
  },
  "a key's state, alias and tags": ({ key }) => {
    if (key.status !== "read") return;
    key.value.aliases = { status: "read", value: ["alias/acme"] };
    key.value.tags = { status: "read", value: { acme: "acme" } };
  },
  "a simulation": (snapshot) => {
    snapshot.simulation = {
      status: "read",
      value: [
        {
          input: {
            PolicySourceArn: "arn:aws:iam::444455556666:role/acme",
            ActionNames: ["s3:GetObject"],
            ResourceArns: ["arn:aws:s3:::acme"],
            PolicyInputList: ['{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"acme"}]}', "acme"],
            ContextEntries: [
              { ContextKeyName: "aws:PrincipalTag/acme", ContextKeyValues: ["acme"], ContextKeyType: "string" },
            ],
            PolicyExclusionList: [{ PolicyType: "user-managed", PolicyArn: "arn:aws:iam::987654321098:policy/acme" }],
            Acme: "acme",
          },
          results: [
            {
              EvalActionName: "s3:GetObject",
              EvalResourceName: "arn:aws:s3:::acme",
              EvalDecision: "allowed",
              MatchedStatements: [{ SourcePolicyId: "role_acme_acme", SourcePolicyType: "IAM Policy", Acme: "acme" }],
              MissingContextValues: ["aws:ResourceTag/acme"],
            },
          ],
        },
      ],
    };
  },
  "a field that the specification does not list": (snapshot) => {
    Object.assign(snapshot, { acmeExtra: "acme" });
    Object.assign(snapshot.caller, { acme: 987654321098 });
  },
};

describe("redact leaves nothing of the owner's unlisted:", () => {
  for (const [place, put] of Object.entries(places)) {
    it(place, () => {
      const snapshot = parseSnapshot(text);
      put(snapshot);
      const before = diagnose(parseSnapshot(structuredClone(snapshot)), { fixes: false });

      const { snapshot: shareable, kept } = redact(snapshot);

      expect(kept).to.deep.equal([]);
      expect(JSON.stringify(shareable)).to.not.match(/acm[eé]|ведро|987654321098|444455556666|203\.0\.113/i);
      const after = diagnose(parseSnapshot(shareable), { fixes: false });
      expect(after.actions.map(({ verdict }) => verdict)).to.deep.equal(before.actions.map(({ verdict }) => verdict));
      expect(after.blockers.map(({ layer }) => layer)).to.deep.equal(before.blockers.map(({ layer }) => layer));
    });
  }

  it("goes on matching by pattern what it matched, with new names on both sides", () => {
    const snapshot = parseSnapshot(text.replaceAll("prod-vault", "acme-vault"));
    if (snapshot.policies.identity.status !== "read") throw new Error("the example has identity policies");
    const [policy] = snapshot.policies.identity.value;
    if (policy === undefined) throw new Error("the example has a policy");
    policy.document = JSON.stringify(policy.document).replace("backup-vault:*", "backup-vault:acme-*");

    const { snapshot: shareable, kept } = redact(snapshot);

    expect(kept).to.deep.equal([]);
    expect(JSON.stringify(shareable)).to.not.match(/acme/);
    expect(diagnose(shareable).outcome).to.equal("allowed");
  });

  it("knows AWS's own words: variables, a service of any Region, a service-linked role", () => {
    const words = [
      "arn:aws:backup:us-west-2:444455556666:backup-vault:$" + "{aws:username}-x",
      "backup.*.amazonaws.com",
      "arn:aws:iam::444455556666:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup",
      "arn:aws:iam::aws:policy/AdministratorAccess",
      "alias/aws/backup",
    ];
    const snapshot = parseSnapshot(text);
    withCondition("StringLike", "s3:prefix", words)(snapshot);

    const written = JSON.stringify(redact(snapshot).snapshot);

    const [, username = "", ...whole] = words.map((word) => word.replace("444455556666", "100000000001"));
    expect(written).to.match(/backup-vault:\$\{aws:username\}-n\d+"/);
    for (const word of [username, ...whole]) expect(written).to.include(`"${word}"`);
  });

  it("keeps an address that decides, and lists it", () => {
    const snapshot = parseSnapshot(text);
    snapshot.context = { "aws:SourceIp": "203.0.113.7" };
    withStatement({
      Effect: "Deny",
      Action: "backup:*",
      Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    })(snapshot);

    const { snapshot: shareable, kept } = redact(snapshot);

    expect(kept).to.have.members(["203.0.113.7", "203.0.113.0/24"]);
    expect(diagnose(shareable).outcome).to.equal(diagnose(snapshot).outcome);
  });

  it("gives words that differ only in letter case new words that differ only so", () => {
    const snapshot = parseSnapshot(text);
    snapshot.caller.tags = { status: "read", value: { Squad: "x" } };
    withCondition("StringEquals", "aws:PrincipalTag/SQUAD", "x")(snapshot);

    const written = JSON.stringify(redact(snapshot).snapshot);

    const tag = /"tags":\{"status":"read","value":\{"(\w+)":/.exec(written)?.[1];
    const key = /aws:PrincipalTag\/(N\d+)/.exec(written)?.[1];
    expect(tag).to.be.a("string").that.does.not.equal(key);
    expect(tag?.toLowerCase()).to.equal(key?.toLowerCase());
  });
});
