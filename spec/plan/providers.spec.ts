import { expect } from "chai";
import { callsFor } from "../../lib/cli/plannedCalls.js";
import { isNotKnown } from "../../lib/plan/NotKnown.js";
import type { PlanPlace } from "../../lib/plan/PlanPlace.js";
import { readPlan } from "../../lib/plan/readPlan.js";
import { vaultsOfPlan } from "../../lib/plan/vaultsOfPlan.js";

const place = { partition: "aws", accountId: "444455556666", region: "us-west-2" };
const made = { arn: true, id: true, key_id: true, kms_key_arn: true };

interface Resource {
  provider?: string;
  expressions?: object;
  after?: object;
}

/** What is told of the one vault of a plan with these resources, by their addresses, and providers. */
function vaultIn(
  resources: Record<string, Resource>,
  providers: Record<string, object> = {},
  more: object = {},
  at: PlanPlace = place,
) {
  const named = Object.entries(resources).map(([address, one]) => {
    const [type = "", name = ""] = address.split(".");
    return { address, mode: "managed", type, name, ...one };
  });
  const document = {
    format_version: "1.2",
    planned_values: {},
    resource_changes: named.map(({ address, mode, type, name, after }) => ({
      address,
      mode,
      type,
      name,
      change: { actions: ["create"], after: { name: "prod-vault", ...after }, after_unknown: made },
    })),
    configuration: {
      provider_config: Object.fromEntries(
        Object.entries(providers).map(([key, expressions]) => [key, { name: "aws", expressions }]),
      ),
      root_module: {
        resources: named.map(({ provider = "aws", ...one }) => ({ ...one, provider_config_key: provider })),
      },
    },
    ...more,
  };
  const [vault] = vaultsOfPlan(readPlan(JSON.stringify(document)), { file: "plan.json", place: at }).vaults;
  if (vault === undefined) throw new Error("of no vault");
  const planned = vault.key.kind === "planned" ? vault.key.planned : null;
  return { ...vault, planned, parts: planned?.status === "new" ? planned.parts : null };
}

const roleArn = "arn:aws:iam::444455556666:role/A";
const to = (...references: string[]) => ({ references });
const is = (constant_value: unknown) => ({ constant_value });
const vault = (name = "a", provider = "aws") => ({
  "aws_backup_vault.main": {
    provider,
    expressions: { kms_key_arn: to(`aws_kms_key.${name}.arn`, `aws_kms_key.${name}`) },
  },
});

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key_policy
describe("A key whose policy another resource may give it is not taken to have its own", () => {
  const keys = { "aws_kms_key.a": {}, "aws_kms_key.b": {} };
  const policy = (...names: string[]) => ({ "aws_kms_key_policy.p": { expressions: { key_id: to(...names) } } });

  for (const [what, names, status] of [
    ["one that goes by way of a local value", ["local.key_id"], "unreadable"],
    ["one of this key or of another", ["aws_kms_key.a.id", "aws_kms_key.b.id"], "unreadable"],
    ["but one that is of another for sure", ["aws_kms_key.b.id"], "read"],
  ] as const) {
    it(what, () => {
      expect(vaultIn({ ...keys, ...policy(...names), ...vault() }).parts?.policy.status).to.equal(status);
    });
  }
});

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs#aws-configuration-reference
describe("A key that a provider makes elsewhere is not taken to be the vault's own place's", () => {
  const keyOf = (own: object, other: object) =>
    vaultIn({ "aws_kms_key.a": { provider: "aws.other" }, ...vault() }, { aws: own, "aws.other": other }).planned;

  it("where it names no Region, it is the one of the environment", () => {
    expect(keyOf({ region: is("eu-west-1") }, {})).to.include({ region: "us-west-2" });
  });

  // https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
  for (const [multi_region, status] of [
    [true, "unknown"],
    [false, "new"],
  ] as const) {
    it(`in another Region it may be its replica's ARN that the vault is given, where it has any: ${multi_region}`, () => {
      const resources = { "aws_kms_key.a": { provider: "aws.other", after: { multi_region } }, ...vault() };
      const providers = { aws: { region: is("eu-west-1") }, "aws.other": { region: is("us-east-1") } };
      expect(vaultIn(resources, providers).planned).to.include({ status });
    });
  }

  for (const [what, own, other, because] of [
    [
      "another Region that is not known",
      { region: is("eu-west-1") },
      { region: to("data.a.b") },
      "the Region of provider aws.other",
    ],
    ["another profile", {}, { profile: is("prod") }, "the account of aws_kms_key.a"],
  ] as const) {
    it(what, () => expect(keyOf(own, other)).to.deep.equal({ status: "unknown", because }));
  }
});

describe("Where and as whom a provider calls", () => {
  // https://developer.hashicorp.com/terraform/language/modules/develop/providers
  for (const [key, providers, isKnown] of [
    ["module.m:aws.there", { aws: {} }, false],
    ["module.m:aws.there", { "aws.there": {} }, false],
    ["module.m:aws", { aws: {}, "aws.eu": {} }, false],
    ["module.m:aws", { aws: {} }, true],
    ["aws", { "aws.eu": {} }, true],
  ] as const) {
    it(`is known where it is known which provider it is: ${key} of ${Object.keys(providers).join(", ")}`, () => {
      const { role, region } = vaultIn({ "aws_backup_vault.main": { provider: key } }, providers);
      expect([role, region].map((one) => !isNotKnown(one))).to.deep.equal([isKnown, isKnown]);
    });
  }

  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/custom-service-endpoints
  it("endpoints of its own are told, and tags that it ignores are not known to be sent", () => {
    const told = (given: object) => vaultIn({ "aws_backup_vault.main": {} }, { aws: given });
    const own = [{ backup: is("http://localhost:4566"), s3: is("http://localhost:4566") }];
    expect(told({ endpoints: own }).unsettled).to.deep.equal([
      "endpoints.backup of provider aws: it is judged as AWS's own endpoints would answer",
    ]);
    expect(told({ ignore_tags: [{ keys: is(["a"]) }] })).to.include({ hasUnknownTags: true });
    expect(told({})).to.deep.include({ unsettled: [], hasUnknownTags: false });
  });

  const regionIn = (expression: object, value: unknown) =>
    vaultIn({ "aws_backup_vault.main": {} }, { aws: { region: expression } }, { variables: { v: { value } } }).region;

  it("is what a variable says, and not what it only leads to", () => {
    expect(regionIn(to("var.v"), "eu-west-1")).to.equal("eu-west-1");
    expect(isNotKnown(regionIn(to("var.v"), "prod"))).to.equal(true);
  });

  // https://developer.hashicorp.com/terraform/language/modules/develop/providers#legacy-shared-modules-with-provider-configurations
  it("in a module with a provider of its own is what the module is called with, not the root's variable of that name", () => {
    const of = { mode: "managed", type: "aws_backup_vault", name: "main" };
    const resource = { ...of, address: "aws_backup_vault.main", provider_config_key: "module.m:aws" };
    const document = {
      variables: { region: { value: "us-west-2" }, there: { value: "eu-west-1" } },
      resource_changes: [
        {
          ...of,
          address: "module.m.aws_backup_vault.main",
          module_address: "module.m",
          change: { actions: ["create"], after: { name: "prod-vault" } },
        },
      ],
      configuration: {
        provider_config: { "module.m:aws": { module_address: "module.m", expressions: { region: to("var.region") } } },
        root_module: {
          module_calls: { m: { expressions: { region: to("var.there") }, module: { resources: [resource] } } },
        },
      },
    };
    expect(vaultIn({}, {}, document).region).to.equal("eu-west-1");
  });

  // https://registry.terraform.io/providers/hashicorp/awscc/latest/docs#nestedatt--assume_role
  for (const [what, assume_role, role] of [
    ["written out", is({ role_arn: roleArn }), roleArn],
    ["a variable's", to("var.v"), roleArn],
    ["of what is not known", to("aws_iam_role.a.arn", "aws_iam_role.a"), null],
    ["none", is({ duration: "1h" }), "the caller"],
  ] as const) {
    it(`awscc, which has an attribute for the role: ${what}`, () => {
      const resource = { "awscc_backup_backup_vault.main": { provider: "awscc" } };
      const told = vaultIn(resource, { awscc: { assume_role } }, { variables: { v: { value: roleArn } } }).role;
      expect(isNotKnown(told) ? null : (told ?? "the caller")).to.equal(role);
    });
  }

  for (const [name, value, narrowed] of [
    ["policy", "{}", "assume_role.policy of provider aws"],
    ["policy_arns", ["arn:aws:iam::aws:policy/ReadOnlyAccess"], "assume_role.policy_arns of provider aws"],
    ["session_name", "ci", null],
  ] as const) {
    it(`assume_role.${name} ${narrowed === null ? "leaves" : "narrows"} the role's rights`, () => {
      const assume_role = [{ role_arn: is(roleArn), [name]: is(value) }];
      expect(vaultIn({ "aws_backup_vault.main": {} }, { aws: { assume_role } }).narrowed).to.equal(narrowed);
    });
  }
});

// https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
describe("A key that Terraform leaves to a later plan is not the default one", () => {
  for (const [mode, type] of [
    ["managed", "aws_kms_key"],
    ["data", "aws_kms_alias"],
  ] as const) {
    it(type, () => {
      const name = `${mode === "data" ? "data." : ""}${type}.late`;
      const late = { address: name, mode, type, name: "late", change: { actions: ["create"] } };
      const resources = { "aws_backup_vault.main": { expressions: { kms_key_arn: to(`${name}.arn`, name) } } };
      const { planned } = vaultIn(resources, {}, { deferred_changes: [{ resource_change: late }] });
      expect(planned).to.deep.equal({ status: "unknown", because: `${name}.arn` });
    });
  }
});

// https://developer.hashicorp.com/terraform/language/expressions/references#references-to-resource-attributes
it("A key of an instance whose name cannot be read is not the default one", () => {
  const name = 'aws_kms_key.a["x\\"]y"]';
  const resources = {
    "aws_kms_key.a": {},
    "aws_backup_vault.main": { expressions: { kms_key_arn: to(`${name}.arn`, name, "aws_kms_key.a") } },
  };
  expect(vaultIn(resources).planned).to.deep.equal({ status: "unknown", because: `${name}.arn` });
});

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key_policy
describe("A key that the plan does not manage has the policy that a resource of its own gives it", () => {
  const arn = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  for (const [key_id, ours] of [
    [arn, true],
    ["1234abcd-12ab-34cd-56ef-1234567890ab", true],
    ["00000000-12ab-34cd-56ef-1234567890ab", false],
  ] as const) {
    it(key_id, () => {
      const of = (type: string, name: string, after: object) => ({
        address: `${type}.${name}`,
        mode: "managed",
        type,
        name,
        change: { actions: ["create"], after },
      });
      const resource_changes = [
        of("aws_kms_key_policy", "p", { key_id, policy: "{}" }),
        of("aws_backup_vault", "main", { name: "prod-vault", kms_key_arn: arn }),
      ];
      const root_module = {
        resources: [
          { mode: "managed", type: "aws_kms_key_policy", name: "p" },
          { mode: "managed", type: "aws_backup_vault", name: "main", depends_on: ["aws_kms_key_policy.p"] },
        ],
      };
      const policy = { status: "read", value: { name: "default", document: "{}" } };
      expect(vaultIn({}, {}, { resource_changes, configuration: { root_module } }).key).to.deep.equal({
        kind: "existing",
        arn,
        changes: ours ? { status: "changed", address: "aws_kms_key_policy.p", isGuarded: true, policy } : null,
      });
    });
  }
});

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs#assume_role-configuration-block
it("Tags and the source identity of the role's session are told of that role's calls, and of nobody else's", () => {
  const assume_role = [
    { role_arn: is(roleArn), tags: is({ team: "storage", odd: 1 }), source_identity: to("var.who") },
  ];
  const told = vaultIn(vault(), { aws: { assume_role } }, { variables: { who: { value: "ada" } } });
  const contextFor = (...principals: string[]) => {
    const calls = callsFor(told, principals, "us-west-2");
    return typeof calls === "string" ? calls : calls[0]?.plan?.context;
  };
  const session = { "aws:PrincipalTag/team": "storage", "aws:SourceIdentity": "ada" };
  expect(contextFor()).to.deep.equal(session);
  expect(contextFor(roleArn)).to.deep.equal(session);
  expect(contextFor(roleArn.replace("role/A", "role/B"))).to.deep.equal({});
  const open = [{ role_arn: is(roleArn), tags: to("aws_kms_key.a.tags", "aws_kms_key.a") }];
  expect(vaultIn(vault(), { aws: { assume_role: open } }).session).to.deep.equal({});
});

it("A key of the caller's provider is in the caller's account, also where the vault's provider takes a role", () => {
  const keyOf = (
    more: Partial<typeof place & { isCallers: boolean }>,
    provider: object = {},
    document: object = {},
  ) => {
    const providers = { aws: provider, "aws.other": { assume_role: [{ role_arn: is(roleArn) }] } };
    const resources = { "aws_kms_key.a": {}, ...vault("a", "aws.other") };
    return vaultIn(resources, providers, document, { ...place, ...more }).planned?.status;
  };
  const role = { variables: { deploy_role: { value: roleArn } } };
  expect(keyOf({ isCallers: true })).to.equal("new");
  expect(keyOf({})).to.equal("unknown");
  expect(keyOf({ isCallers: true }, { profile: is("other") })).to.equal("unknown");
  expect(keyOf({ isCallers: true }, {}, role)).to.equal("unknown");
});
