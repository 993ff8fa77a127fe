import fc from "fast-check";
import type { PolicyConditionValue, PolicyDocument, PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import type { Evidence } from "../../lib/snapshot/Evidence.js";
import type { Grant, Key, OrganizationTarget, Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";

/*
 * Random snapshots that a world can hold: everything is read, or is known not to be there. Most layers allow, so that
 * the one that does not is seen.
 */

const region = "us-west-2";
const accountId = "444455556666";
const otherId = "555566667777";
const managementId = "111122223333";
const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
const vault = `arn:aws:backup:${region}:${accountId}:backup-vault:prod-vault`;
const keyArnIn = (owner: string) => `arn:aws:kms:${region}:${owner}:key/${keyId}`;

const actions = [
  "*",
  "backup:*",
  "backup:CreateBackupVault",
  "backup:Create*",
  "backup-storage:*",
  "backup-storage:MountCapsule",
  "kms:*",
  "kms:CreateGrant",
  "kms:DescribeKey",
  "kms:RetireGrant",
  "kms:Decrypt",
  "kms:GenerateDataKey*",
  "KMS:de*",
  "s3:*",
];
const allOfThem = ["backup:*", "backup-storage:*", "kms:*"];

const resources = ["*", "*", vault, `arn:aws:backup:*:${accountId}:backup-vault:*`, keyArnIn(accountId), keyArnIn("*")];

type Condition = Record<string, Record<string, PolicyConditionValue | PolicyConditionValue[]>>;

const conditions: Condition[] = [
  { StringEquals: { "kms:ViaService": `backup.${region}.amazonaws.com` } },
  { StringLike: { "kms:ViaService": "backup.*.amazonaws.com" } },
  { StringEquals: { "kms:ViaService": "s3.us-west-2.amazonaws.com" } },
  { Bool: { "kms:GrantIsForAWSResource": "true" } },
  { Bool: { "aws:ViaAWSService": "true" } },
  { BoolIfExists: { "aws:ViaAWSService": false } },
  { "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "aws:backup:backup-vault" } },
  { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["a", "b"] } },
  { StringLike: { "kms:EncryptionContext:aws:backup:backup-vault": "*" } },
  { StringEquals: { "aws:RequestedRegion": [region, "eu-west-1"] } },
  { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
  { StringNotLike: { "aws:RequestedRegion": "us-*" } },
  { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" } },
  { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${accountId}:role/team/*` } },
  { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } },
  { StringEquals: { "aws:PrincipalTag/team": "storage" } },
  { StringEquals: { "aws:ResourceTag/stage": "prod" } },
  { StringEquals: { "aws:RequestTag/stage": "${aws:PrincipalTag/stage}" } },
  { "ForAllValues:StringEquals": { "aws:TagKeys": ["stage"] } },
  { Null: { "aws:RequestTag/stage": "false" } },
  { StringEquals: { "kms:CallerAccount": accountId } },
  { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } },
  { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/prod" } },
  { DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } },
  { StringEquals: { "aws:PrincipalType": ["AssumedRole", "User"] } },
  { StringLike: { "aws:userid": "*:ci-run-1" } },
  { Bool: { "aws:PrincipalIsAWSService": "true" } },
  { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
  { StringEquals: { "aws:SourceVpce": "vpce-1" } },
];

const oneOrSome = (items: string[]) =>
  fc.oneof(fc.constantFrom(...items), fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: 3 }));

const condition = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom(...conditions) },
);

function statement(principals: PolicyStatement["Principal"][] | null): fc.Arbitrary<PolicyStatement> {
  return fc
    .record({
      effect: fc.constantFrom("Allow", "Allow", "Deny"),
      action: oneOrSome(actions),
      notAction: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
      resource: oneOrSome(resources),
      condition,
      principal: principals === null ? fc.constant(undefined) : fc.constantFrom(...principals),
      notPrincipal: fc.integer({ min: 0, max: 19 }).map((chance) => chance === 0),
    })
    .map(({ effect, action, notAction, resource, condition: when, principal, notPrincipal }): PolicyStatement => {
      const isExcepting = notPrincipal && effect === "Deny" && principal !== "*" && principal !== undefined;
      return {
        Effect: effect === "Deny" ? "Deny" : "Allow",
        ...(notAction ? { NotAction: action } : { Action: action }),
        Resource: principals === null ? resource : "*",
        ...(when !== undefined && { Condition: when }),
        ...(principal !== undefined && (isExcepting ? { NotPrincipal: principal } : { Principal: principal })),
      };
    });
}

const statements = (list: PolicyStatement[]): fc.Arbitrary<PolicyStatement[]> => fc.constant(list);

/** Mostly one that allows all, with some statements more; a damaged one only where that is asked for. */
function document(
  principals: PolicyStatement["Principal"][] | null,
  open: PolicyStatement,
  damaged = true,
): fc.Arbitrary<Policy["document"]> {
  const some = fc.array(statement(principals), { minLength: 1, maxLength: 3 });
  return fc
    .oneof(
      { weight: 3, arbitrary: statements([open]) },
      { weight: 3, arbitrary: some.map((more) => [open, ...more]) },
      { weight: 2, arbitrary: some },
    )
    .chain((all) => {
      const whole: PolicyDocument = { Version: "2012-10-17", Statement: all };
      const text = JSON.stringify(whole, null, 1);
      return fc.oneof(
        { weight: 20, arbitrary: fc.constant<Policy["document"]>(whole) },
        { weight: 4, arbitrary: fc.constant<Policy["document"]>(text) },
        { weight: 1, arbitrary: fc.constant<Policy["document"]>(encodeURIComponent(text)) },
        { weight: damaged ? 1 : 0, arbitrary: fc.constant<Policy["document"]>(text.slice(0, -3)) },
      );
    });
}

const openForAll: PolicyStatement = { Effect: "Allow", Action: "*", Resource: "*" };
const openIdentity: PolicyStatement = { Effect: "Allow", Action: allOfThem, Resource: "*" };

function identityPolicies(kind: string): fc.Arbitrary<Evidence<Policy[]>> {
  const holders = kind === "user" ? ["user/Deployer", "group/Admins", "group/Builders"] : ["role/Deployer"];
  const policy = (index: number) =>
    fc
      .record({
        document: document(null, openIdentity),
        isManaged: fc.boolean(),
        attachedTo: fc.constantFrom(...holders),
      })
      .map(({ document: text, isManaged, attachedTo }): Policy => {
        const name = `Policy${index}`;
        const arn = `arn:aws:iam::${accountId}:policy/${name}`;
        return { name, document: text, attachedTo, ...(isManaged && { arn }) };
      });
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant<Evidence<Policy[]>>({ status: "none" }) },
    {
      weight: 9,
      arbitrary: fc
        .integer({ min: 1, max: 3 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => policy(index))))
        .map((value): Evidence<Policy[]> => ({ status: "read", value })),
    },
  );
}

function optional<T>(value: fc.Arbitrary<T>, weight = 1): fc.Arbitrary<Evidence<T>> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<Evidence<T>>({ status: "none" }) },
    { weight, arbitrary: value.map((read): Evidence<T> => ({ status: "read", value: read })) },
  );
}

const fullAccess: Policy = {
  name: "FullAWSAccess",
  id: "p-FullAWSAccess",
  arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};

/** Root, unit and account, with what hangs there. */
function targets(owner: string, type: "service" | "resource"): fc.Arbitrary<OrganizationTarget[]> {
  const own =
    type === "service"
      ? document(null, openForAll)
      : fc.array(statement(["*"]), { minLength: 1, maxLength: 2 }).map((list): Policy["document"] => ({
          Version: "2012-10-17",
          Statement: list.map((one) => ({ ...one, Effect: "Deny" as const, Principal: "*" })),
        }));
  const level = (id: string, kind: OrganizationTarget["type"], index: number) =>
    fc
      .record({ full: fc.integer({ min: 0, max: 9 }), more: optional(own) })
      .map(({ full, more }): OrganizationTarget => {
        const policies = type === "service" && full > 0 ? [fullAccess] : [];
        const name = `${type}-${index}`;
        if (more.status === "read") policies.push({ name, id: `p-${name}`, document: more.value });
        return { id, type: kind, policies };
      });
  return fc
    .tuple(
      level("r-ab12", "ROOT", 0),
      level(`ou-ab12-${owner === accountId ? "11111111" : "22222222"}`, "ORGANIZATIONAL_UNIT", 1),
      level(owner, "ACCOUNT", owner === accountId ? 2 : 3),
    )
    .map((levels) => [...levels]);
}

interface Who {
  kind: string;
  caller: Snapshot["caller"];
}

const tags: fc.Arbitrary<Snapshot["caller"]["tags"]> = optional(
  fc.constantFrom<Record<string, string>>({ team: "storage" }, { team: "web", stage: "prod" }),
);

const callers: fc.Arbitrary<Who> = fc
  .record({ kind: fc.constantFrom("role", "role", "role", "user", "root"), path: fc.constantFrom("/", "/team/"), tags })
  .map(({ kind, path, tags: own }): Who => {
    const iam = `arn:aws:iam::${accountId}`;
    switch (kind) {
      case "root":
        return {
          kind,
          caller: { arn: `${iam}:root`, principalArn: `${iam}:root`, userId: accountId, tags: { status: "none" } },
        };
      case "user": {
        const arn = `${iam}:user${path}Deployer`;
        return { kind, caller: { arn, principalArn: arn, userId: "AIDAEXAMPLEEXAMPLE000", tags: own } };
      }
      default:
        return {
          kind,
          caller: {
            arn: `arn:aws:sts::${accountId}:assumed-role/Deployer/ci-run-1`,
            principalArn: `${iam}:role${path}Deployer`,
            userId: "AROAEXAMPLEEXAMPLE000:ci-run-1",
            tags: own,
          },
        };
    }
  });

const operations = ["CreateGrant", "DescribeKey", "Decrypt", "GenerateDataKey", "Encrypt", "RetireGrant"];

function key(who: Who, owner: string): fc.Arbitrary<Key> {
  const { arn: callerArn, principalArn } = who.caller;
  const root = `arn:aws:iam::${accountId}:root`;
  const principals: PolicyStatement["Principal"][] = [
    "*",
    { AWS: "*" },
    { AWS: root },
    { AWS: accountId },
    { AWS: principalArn },
    { AWS: callerArn },
    { AWS: [root, `arn:aws:iam::${accountId}:role/Other`] },
    { AWS: `arn:aws:iam::${accountId}:role/Other` },
    { Service: "backup.amazonaws.com" },
  ];
  const grant = fc.record({
    grantee: fc.constantFrom(callerArn, principalArn, `arn:aws:iam::${accountId}:role/Other`, root),
    operations: fc.uniqueArray(fc.constantFrom(...operations), { minLength: 1, maxLength: 6 }),
    constraints: fc.constantFrom<Grant["constraints"]>(
      undefined,
      { encryptionContextSubset: { other: "x" } },
      { encryptionContextEquals: { "aws:backup:backup-vault": vault } },
    ),
    issuer: fc.constantFrom(undefined, accountId, owner),
  });
  return fc
    .record({
      policy: document(principals, { Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" }),
      grants: optional(fc.array(grant, { minLength: 1, maxLength: 2 })),
      state: fc.constantFrom("Enabled", "Enabled", "Enabled", "Enabled", "Disabled", "PendingDeletion", "Unavailable"),
      aliases: optional(fc.constant<string[]>(["alias/prod"])),
      tags: optional(fc.constant<Record<string, string>>({ stage: "prod" })),
    })
    .map(
      ({ policy, grants, state, aliases, tags: keyTags }): Key => ({
        arn: keyArnIn(owner),
        accountId: owner,
        manager: "CUSTOMER",
        state,
        policy: { status: "read", value: { name: "default", document: policy } },
        grants:
          grants.status === "read"
            ? {
                status: "read",
                value: grants.value.map((one, index): Grant => {
                  const issuer = one.issuer ?? owner;
                  return {
                    grantId: `g${index}`,
                    granteePrincipal: one.grantee,
                    operations: one.operations,
                    issuingAccount: `arn:aws:iam::${issuer}:root`,
                    ...(one.constraints !== undefined && { constraints: one.constraints }),
                  };
                }),
              }
            : { status: "none" },
        keySpec: "SYMMETRIC_DEFAULT",
        keyUsage: "ENCRYPT_DECRYPT",
        origin: "AWS_KMS",
        multiRegion: false,
        aliases,
        tags: keyTags,
      }),
    );
}

type Organizations = Pick<Snapshot, "organization"> & {
  serviceControl: Evidence<OrganizationTarget[]>;
  resourceControl: Evidence<OrganizationTarget[]>;
};

function organizations(owner: string): fc.Arbitrary<Organizations> {
  const path = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/";
  const inOne = fc
    .record({
      managementAccountId: fc.constantFrom(managementId, managementId, managementId, accountId),
      service: targets(accountId, "service"),
      resource: targets(owner, "resource"),
    })
    .map(
      ({ managementAccountId, service, resource }): Organizations => ({
        organization: { status: "read", value: { id: "o-a1b2c3d4e5", managementAccountId, path } },
        serviceControl: { status: "read", value: service },
        resourceControl: { status: "read", value: resource },
      }),
    );
  const inNone: Organizations = {
    organization: { status: "none" },
    serviceControl: { status: "none" },
    resourceControl: { status: "none" },
  };
  // Another account's key is read through the organization that both are in.
  return owner === accountId
    ? fc.oneof({ weight: 3, arbitrary: inOne }, { weight: 1, arbitrary: fc.constant(inNone) })
    : inOne;
}

/** What no API tells of the request itself, for what the emulator enforces. */
export interface Unreadable {
  session: Evidence<Policy[]>;
  vpcEndpoint: Evidence<Policy>;
}

const unreadable: fc.Arbitrary<Unreadable> = fc
  .record({
    session: optional(document(null, openIdentity, false)),
    vpcEndpoint: optional(document(["*"], { ...openForAll, Principal: "*" }, false)),
  })
  .map(({ session, vpcEndpoint }) => ({
    session:
      session.status === "read"
        ? { status: "read" as const, value: [{ name: "session", document: session.value }] }
        : { status: "none" as const },
    vpcEndpoint:
      vpcEndpoint.status === "read"
        ? { status: "read" as const, value: { name: "endpoint", attachedTo: "vpce-1", document: vpcEndpoint.value } }
        : { status: "none" as const },
  }));

/** A snapshot all of whose evidence is read or known not to be there. */
export const arbitrarySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({ who: callers, owner: fc.constantFrom(accountId, accountId, accountId, otherId) })
  .chain(({ who, owner }) =>
    fc
      .record({
        identity: identityPolicies(who.kind),
        boundary: optional(document(null, openIdentity)),
        key: key(who, owner),
        organizations: organizations(owner),
        hidden: unreadable,
        vaultTags: fc.constantFrom<Record<string, string>>({}, {}, { stage: "prod" }),
      })
      .map(({ identity, boundary, key: ownKey, organizations: organized, hidden, vaultTags }): Snapshot => {
        const isRoot = who.kind === "root";
        const owners: Key["organization"] =
          owner === accountId || organized.organization.status !== "read"
            ? undefined
            : {
                status: "read",
                value: { ...organized.organization.value, path: "o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/" },
              };
        return {
          snapshotVersion: 1,
          capturedAt: "2026-11-20T12:00:00.000Z",
          request: {
            operation: "CreateBackupVault",
            partition: "aws",
            region,
            accountId,
            backupVaultName: "prod-vault",
            encryptionKeyArn: keyArnIn(owner),
            backupVaultTags: vaultTags,
          },
          caller: { ...who.caller, ...(who.kind === "role" && { sessionTags: { status: "none" as const } }) },
          context: {},
          policies: {
            identity: isRoot ? { status: "none" } : identity,
            permissionsBoundary:
              isRoot || boundary.status !== "read"
                ? { status: "none" }
                : {
                    status: "read",
                    value: {
                      name: "Boundary",
                      arn: `arn:aws:iam::${accountId}:policy/Boundary`,
                      document: boundary.value,
                    },
                  },
            session: who.kind === "role" ? hidden.session : { status: "none" },
            serviceControl: organized.serviceControl,
            resourceControl: organized.resourceControl,
            vpcEndpoint: hidden.vpcEndpoint,
          },
          key: { status: "read", value: { ...ownKey, ...(owners !== undefined && { organization: owners }) } },
          organization: organized.organization,
          simulation: { status: "notRead" },
          denial: null,
        };
      }),
  );
