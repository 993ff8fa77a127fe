import { expect } from "chai";
import { eitherPolicy } from "../../lib/plan/eitherPolicy.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { keyPolicyOfPlan } from "../../lib/plan/terraform/plannedTerraformKey.js";
import type { Evidence } from "../../lib/snapshot/Evidence.js";
import type { Policy } from "../../lib/snapshot/Snapshot.js";

// https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on

const account = { AWS: "arn:aws:iam::444455556666:root" };
const all = { Sid: "All", Effect: "Allow", Principal: account, Action: "kms:*", Resource: "*" };
const others = { ...all, Sid: "Others", Principal: { AWS: [account.AWS, "arn:aws:iam::444455556666:role/A"] } };
const admin = { ...all, Action: ["kms:DescribeKey", "kms:PutKeyPolicy"] };
const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "kms:*",
  Resource: "*",
  Condition: { StringEquals: { a: "b" } },
};

const read = (statement: object[], more: object = {}): Evidence<Policy> => ({
  status: "read",
  value: { name: "default", document: JSON.stringify({ Version: "2012-10-17", ...more, Statement: statement }) },
});

/** The statements, with a question mark before those under a condition that nobody can decide. */
function told(one: Evidence<Policy>, other: Evidence<Policy>): string[] | string {
  const policy = eitherPolicy(one, other, { name: "default", because: "which is first" });
  if (policy.status !== "read") return policy.status;
  const { Statement } = policy.value.document as unknown as { Statement: (typeof all & { Condition?: object })[] };
  return Statement.map((statement) => {
    const { Sid, Effect, Condition = {} } = statement;
    return `${JSON.stringify(Condition).includes('"plan:which is first":"known"') ? "? " : ""}${Sid ?? Effect}`;
  });
}

describe("Of a key's two policies, of which the apply tells which is in force, what both say is sure", () => {
  const cases: [what: string, one: object[], other: object[], statements: string[]][] = [
    ["the same", [all], [all], ["All"]],
    ["one to more principals", [all], [others], ["All", "? Others"]],
    ["the other way round", [others], [all], ["All", "? Others"]],
    [
      "written otherwise",
      [all],
      [{ ...all, Sid: "Lists", Action: ["kms:*"], Principal: { AWS: [account.AWS] } }],
      ["All"],
    ],
    ["in another order", [admin], [{ ...admin, Sid: "Turned", Action: [...admin.Action].reverse() }], ["All"]],
    ["less", [all], [{ ...admin, Sid: "Less" }], ["? All", "? Less"]],
    ["a denial besides", [all], [all, deny], ["All", "? Deny"]],
    ["a denial under another condition", [deny], [{ ...deny, Condition: {} }], ["? Deny", "? Deny"]],
  ];
  for (const [what, one, other, statements] of cases)
    it(what, () => {
      expect(told(read(one), read(other))).to.deep.equal(statements);
    });

  it("and nothing of what cannot be read", () => {
    const notRead: Evidence<Policy> = { status: "unreadable", reason: "x" };
    const text = (document: string): Evidence<Policy> => ({ status: "read", value: { name: "default", document } });
    for (const other of [
      notRead,
      text("{"),
      text("[]"),
      read([1 as never]),
      read([{ ...all, Condition: 1 }]),
      read([{ ...deny, NotPrincipal: account }]),
      read([all], { Version: "2008-10-17" }),
    ]) {
      expect(told(read([all]), other)).to.equal("unreadable");
      expect(told(other, read([all]))).to.equal("unreadable");
    }
  });
});

describe("Before a resource of its own gives a key its policy", () => {
  const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
  const document = (one: object) => JSON.stringify({ Version: "2012-10-17", Statement: [one] });
  /** The statement of the key's earlier policy, where the key itself is changed from the first of two to the second. */
  const earlier = (before: object, after: object): unknown => {
    const id = { id: "k", arn: "arn:aws:kms:us-west-2:444455556666:key/k" };
    const change = (type: string, values: object) => ({
      address: `${type}.k`,
      mode: "managed",
      type,
      name: "k",
      ...values,
    });
    const changes = [
      change("aws_kms_key", {
        change: {
          actions: ["update"],
          before: { ...id, key_id: "k", policy: document(before) },
          after: { ...id, key_id: "k", policy: document(after) },
        },
      }),
      change("aws_kms_key_policy", {
        change: { actions: ["create"], before: null, after: { key_id: "k", policy: document(deny) } },
      }),
    ];
    const plan = readPlan(JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes: changes }));
    if (plan.kind !== "terraform") throw new Error("expected a Terraform plan");
    const [key] = plan.plan.resource_changes;
    if (key === undefined) throw new Error("there is a key");
    const told = keyPolicyOfPlan(plan.plan, key, place).earlier;
    return told?.status === "read" ? told.value.document : null;
  };

  it("it has the one that it has now", () => {
    expect(earlier(all, all)).to.equal(document(all));
  });

  it("it is not known which it has, where the key is given another one, too", () => {
    expect(earlier(all, admin)).to.equal(null);
  });
});
