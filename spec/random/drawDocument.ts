import type { Policy } from "../../lib/snapshot/Snapshot.js";
import type { PolicyDocument, PolicyStatement } from "../oracle/PolicyDocument.js";
import type { Draw } from "./draw.js";
import { type ConditionBounds, drawCondition } from "./drawCondition.js";
import type { Scene } from "./drawScene.js";

const seven = [
  "backup:CreateBackupVault",
  "backup-storage:MountCapsule",
  "kms:CreateGrant",
  "kms:DescribeKey",
  "kms:RetireGrant",
  "kms:Decrypt",
  "kms:GenerateDataKey",
];
const broad: readonly [string[], ...string[][]] = [
  ["*"],
  seven,
  ["backup:*", "backup-storage:*", "kms:*"],
  [...seven, "backup:TagResource"],
  ["BACKUP:create*", "kms:*"],
];
const narrow: readonly [string[], ...string[][]] = [
  ["backup:CreateBackupVault", "backup-storage:MountCapsule"],
  ["kms:*"],
  ["kms:CreateGrant", "kms:DescribeKey"],
  ["kms:Decrypt", "kms:GenerateDataKey*"],
  ["KMS:?e*"],
  ["kms:RetireGrant"],
  ["backup-storage:*"],
  ["backup:Create*"],
  ["backup:TagResource"],
  ["s3:*", "kms:Decrypt"],
];

/** The document of a layer that must allow: mostly much, sometimes little, now and then a Deny. */
export function drawLimitingDocument(draw: Draw, scene: Scene, bounds: ConditionBounds): PolicyDocument {
  const statements: PolicyStatement[] = draw.percent(65)
    ? [
        {
          Effect: "Allow",
          ...drawBroad(draw, scene),
          ...drawCondition(draw, scene, { ...bounds, often: bounds.often / 3 }),
        },
      ]
    : [0, ...(draw.percent(50) ? [1] : [])].map(() => ({
        Effect: "Allow" as const,
        ...drawNarrow(draw, scene),
        ...drawCondition(draw, scene, bounds),
      }));
  if (draw.percent(20)) statements.push(drawDeny(draw, scene, bounds));
  return drawEnvelope(draw, statements);
}

export function drawDeny(draw: Draw, scene: Scene, bounds: ConditionBounds): PolicyStatement {
  return { Effect: "Deny", ...drawNarrow(draw, scene), ...drawCondition(draw, scene, { ...bounds, often: 80 }) };
}

function drawBroad(
  draw: Draw,
  scene: Scene,
): Pick<PolicyStatement, "Action" | "NotAction" | "Resource" | "NotResource"> {
  const form = draw.weighted([12, "all"], [2, "not-action"], [1, "not-resource"]);
  if (form === "not-action")
    return { NotAction: draw.one([["s3:*"], ["kms:Decrypt", "iam:*"], "kms:*"]), Resource: "*" };
  const Action = draw.one(broad);
  return form === "all" ? { Action, Resource: "*" } : { Action, NotResource: drawResources(draw, scene) };
}

function drawNarrow(draw: Draw, scene: Scene): Pick<PolicyStatement, "Action" | "Resource" | "NotResource"> {
  const Action = draw.one(narrow);
  const resources = draw.percent(50) ? "*" : drawResources(draw, scene);
  return draw.percent(8) ? { Action, NotResource: drawResources(draw, scene) } : { Action, Resource: resources };
}

function drawResources(draw: Draw, scene: Scene): string | string[] {
  const vaults = `arn:${scene.partition}:backup:${scene.region}:${scene.accountId}:backup-vault:`;
  return draw.one<string | string[]>([
    `${vaults}${scene.vaultName}`,
    [`${vaults}*`, "arn:aws*:kms:*:*:key/*"],
    [scene.realKeyArn, `${vaults}vault-????`],
    `${vaults}\${aws:PrincipalTag/team}-*`,
    [`${vaults}\${aws:username, 'vault'}-*`, scene.realKeyArn],
    `arn:${scene.partition}:kms:${scene.region}:${scene.accountId}:key/*`,
    `${vaults}elsewhere`,
  ]);
}

export function drawEnvelope(draw: Draw, statements: PolicyStatement[]): PolicyDocument {
  const [only] = statements;
  return {
    ...draw.weighted([22, { Version: "2012-10-17" }], [1, { Version: "2008-10-17" }], [1, {}]),
    Statement: only !== undefined && statements.length === 1 && draw.percent(20) ? only : statements,
  };
}

/** The document as a snapshot may hold it: the object, its JSON, or its JSON as IAM encodes it. */
export function drawPolicy(draw: Draw, name: string, document: PolicyDocument, attachedTo?: string): Policy {
  const text = JSON.stringify(document);
  return {
    name,
    document: draw.weighted<Policy["document"]>([6, document], [1, text], [1, encodeURIComponent(text)]),
    ...(attachedTo !== undefined && { attachedTo }),
  };
}
