import type { Grant, Key, OrganizationTarget } from "../../lib/snapshot/Snapshot.js";
import type { PolicyPrincipal, PolicyStatement } from "../oracle/PolicyDocument.js";
import type { Draw } from "./draw.js";
import { type ConditionBounds, drawCondition } from "./drawCondition.js";
import { drawDeny, drawEnvelope, drawLimitingDocument, drawPolicy } from "./drawDocument.js";
import { accounts, organizationPath, type Scene } from "./drawScene.js";

const useOfKey = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"];

export function drawKey(draw: Draw, scene: Scene, bounds: ConditionBounds): Key {
  const isByDefault = scene.keyArn === null;
  const isMultiRegion = draw.percent(10);
  return {
    arn: scene.realKeyArn,
    accountId: scene.ownerId,
    manager: isByDefault ? "AWS" : "CUSTOMER",
    state: isByDefault
      ? "Enabled"
      : draw.weighted([40, "Enabled"], [1, "Disabled"], [1, "Unavailable"], [1, "PendingDeletion"], [1, "Updating"]),
    policy: { status: "read", value: drawPolicy(draw, "default", drawKeyPolicy(draw, scene, bounds)) },
    grants: draw.percent(25) ? { status: "read", value: drawGrants(draw, scene) } : { status: "none" },
    keySpec: !isByDefault && draw.percent(2) ? "RSA_2048" : "SYMMETRIC_DEFAULT",
    keyUsage: "ENCRYPT_DECRYPT",
    origin: draw.one(["AWS_KMS", "EXTERNAL"]),
    multiRegion: isMultiRegion,
    ...(isMultiRegion && { multiRegionKeyType: "PRIMARY" }),
    aliases: draw.percent(50) ? { status: "read", value: ["alias/backups"] } : { status: "none" },
    tags: draw.percent(50) ? { status: "read", value: { env: draw.one(["prod", "dev"]) } } : { status: "none" },
    ...(scene.ownerId !== scene.accountId && {
      organization: draw.percent(70)
        ? {
            status: "read",
            value: {
              id: draw.one(["o-a1b2c3d4e5", "o-zzzzzzzzzz"]),
              managementAccountId: draw.percent(10) ? scene.ownerId : accounts.management,
              path: organizationPath,
            },
          }
        : { status: "none" },
    }),
  };
}

function drawKeyPolicy(draw: Draw, scene: Scene, bounds: ConditionBounds) {
  const statements: PolicyStatement[] = [];
  const owner = `arn:${scene.partition}:iam::${scene.ownerId}:root`;
  if (draw.percent(60)) {
    statements.push({
      Effect: "Allow",
      Principal: { AWS: draw.one([owner, scene.ownerId]) },
      Action: draw.weighted([3, "kms:*"], [1, "kms:Decrypt"]),
      Resource: "*",
      ...drawCondition(draw, scene, { ...bounds, often: 15 }),
    });
  }
  if (statements.length === 0 || draw.percent(50) || scene.ownerId !== scene.accountId) {
    statements.push({
      Effect: "Allow",
      Principal: drawPrincipal(draw, scene),
      Action: draw.one([["kms:*"], useOfKey, ["kms:CreateGrant"], ["kms:De*"]]),
      Resource: "*",
      ...drawCondition(draw, scene, { ...bounds, often: 35 }),
    });
  }
  if (draw.percent(20)) {
    const { Effect, Condition, Action } = drawDeny(draw, scene, bounds);
    statements.push({
      Effect,
      ...(draw.percent(30) ? { NotPrincipal: drawSpared(draw, scene) } : { Principal: drawPrincipal(draw, scene) }),
      ...(Action !== undefined && { Action }),
      Resource: "*",
      ...(Condition !== undefined && { Condition }),
    });
  }
  return drawEnvelope(draw, statements);
}

function drawPrincipal(draw: Draw, scene: Scene): PolicyPrincipal {
  return draw.one<PolicyPrincipal>([
    { AWS: scene.callerArn },
    { AWS: scene.principalArn },
    { AWS: [scene.issuerArn ?? scene.principalArn, `arn:${scene.partition}:iam::${accounts.other}:role/Other`] },
    { AWS: `arn:${scene.partition}:iam::${scene.accountId}:root` },
    { AWS: scene.accountId },
    "*",
    { AWS: "*" },
    { AWS: "AROAEXAMPLEDELETED", Service: "backup.amazonaws.com" },
    { AWS: `arn:${scene.partition}:iam::${scene.accountId}:user/team/carla` },
  ]);
}

/** All the ARNs that NotPrincipal takes to spare the caller, or none of them; rarely some. */
function drawSpared(draw: Draw, scene: Scene): PolicyPrincipal {
  const all = [`arn:${scene.partition}:iam::${scene.accountId}:root`, scene.principalArn, scene.callerArn];
  return draw.weighted<PolicyPrincipal>(
    [4, { AWS: all }],
    [3, { AWS: `arn:${scene.partition}:iam::${accounts.other}:role/Other` }],
    [1, { AWS: all.slice(0, 1) }],
  );
}

function drawGrants(draw: Draw, scene: Scene): Grant[] {
  const grantee = draw.one([
    scene.callerArn,
    scene.principalArn,
    `arn:${scene.partition}:iam::${scene.accountId}:root`,
    "backup.amazonaws.com",
  ]);
  const constraint = draw.one(["vault-prod", "team-a-vault"]);
  return [
    {
      grantId: "0123456789abcdef",
      granteePrincipal: grantee,
      issuingAccount: `arn:${scene.partition}:iam::${draw.weighted([3, scene.ownerId], [1, scene.accountId])}:root`,
      operations: draw.one([
        ["Decrypt", "GenerateDataKey", "DescribeKey"],
        ["Decrypt"],
        ["CreateGrant", "DescribeKey"],
        ["Encrypt"],
      ]),
      ...(draw.percent(30) && {
        constraints: draw.one<NonNullable<Grant["constraints"]>>([
          { encryptionContextSubset: { "aws:backup:backup-vault": constraint } },
          { encryptionContextEquals: { "aws:backup:backup-vault": constraint } },
          { encryptionContextSubset: { department: "finance" } },
        ]),
      }),
    },
  ];
}

/** The targets from the root down to the account, each with its policies. */
export function drawTargets(draw: Draw, scene: Scene, bounds: ConditionBounds): OrganizationTarget[] {
  const full = {
    name: "FullAWSAccess",
    document: { Version: "2012-10-17", Statement: [{ Effect: "Allow" as const, Action: "*", Resource: "*" }] },
  };
  const policies = (name: string) => {
    if (draw.percent(60)) return [full];
    const own = drawPolicy(draw, name, drawLimitingDocument(draw, scene, bounds));
    return draw.percent(50) ? [full, own] : [own];
  };
  return [
    { id: "r-ab12", type: "ROOT", policies: policies("root") },
    ...(draw.percent(50)
      ? [{ id: "ou-ab12-11111111", type: "ORGANIZATIONAL_UNIT" as const, policies: policies("unit") }]
      : []),
    { id: scene.accountId, type: "ACCOUNT", policies: policies("account") },
  ];
}

/** Resource control policies only deny, and name everyone. */
export function drawResourceControl(draw: Draw, scene: Scene, bounds: ConditionBounds): OrganizationTarget[] {
  const policies = [0, ...(draw.percent(20) ? [1] : [])].map((index) => {
    const { Effect, Condition } = drawDeny(draw, scene, bounds);
    return drawPolicy(
      draw,
      `rcp-${index}`,
      drawEnvelope(draw, [
        {
          Effect,
          Principal: draw.one<PolicyPrincipal>(["*", { AWS: "*" }]),
          Action: draw.one(["kms:*", ["kms:Decrypt", "kms:CreateGrant"], "KMS:Gen*", "kms:RetireGrant"]),
          Resource: draw.percent(80) ? "*" : scene.realKeyArn,
          ...(Condition !== undefined && { Condition }),
        },
      ]),
    );
  });
  return [
    { id: "r-ab12", type: "ROOT", policies: draw.percent(50) ? policies : [] },
    { id: scene.ownerId, type: "ACCOUNT", policies },
  ];
}
