import fc from "fast-check";
import type { Evidence } from "../../lib/snapshot/Evidence.js";
import type { Organization, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { entryFor, isUnknown } from "../oracle/contextOf.js";
import { keyAskedFor } from "../oracle/keyAskedFor.js";
import { requestedActions } from "../oracle/requestedActions.js";
import { conditionKeys } from "./conditionKeys.js";
import { type Draw, draw } from "./draw.js";
import type { ConditionBounds } from "./drawCondition.js";
import { drawEnvelope, drawLimitingDocument, drawPolicy } from "./drawDocument.js";
import { drawKey, drawResourceControl, drawTargets } from "./drawKey.js";
import { accounts, drawScene, organizationPath, type Scene } from "./drawScene.js";
import { mentionedKeys } from "./mentionedKeys.js";
import { withUnknowns } from "./withUnknowns.js";

/**
 * - known: every evidence is read or none, and every key that a policy mentions is decided
 * - one unknown: the same but for one thing that nobody knows
 * - unknown: several things that nobody knows
 */
export type Knowledge = "known" | "one unknown" | "unknown";

/** Whole snapshots as parseSnapshot accepts them, about as often allowed as refused by each of the layers. */
export function arbitrarySnapshot(knowledge: Knowledge): fc.Arbitrary<Snapshot> {
  return fc.gen().map((generator) => {
    const drawn = draw(generator);
    const scene = drawScene(drawn);
    const snapshot = decided(drawn, scene, drawSnapshot(drawn, scene));
    if (knowledge === "known") return snapshot;
    return withUnknowns(drawn, snapshot, knowledge === "unknown" ? 1 + drawn.upTo(3) : 1);
  });
}

function drawSnapshot(draw: Draw, scene: Scene): Snapshot {
  const bounds: ConditionBounds = { often: 40 };
  const isInOrganization = draw.percent(75);
  const organization: Evidence<Organization> = isInOrganization
    ? {
        status: "read",
        value: {
          id: "o-a1b2c3d4e5",
          managementAccountId: draw.percent(8) ? scene.accountId : accounts.management,
          path: draw.percent(90) ? organizationPath : null,
        },
      }
    : { status: "none" };
  const key = drawKey(draw, scene, bounds);
  const ownersOrganization = key.organization ?? organization;
  const isSession = scene.callerArn.includes(":sts:");
  const read = <T>(value: T): Evidence<T> => ({ status: "read", value });
  const none = { status: "none" } as const;
  const document = (name: string, attachedTo?: string) =>
    drawPolicy(draw, name, drawLimitingDocument(draw, scene, bounds), attachedTo);

  return {
    snapshotVersion: 1,
    capturedAt: "2026-11-20T12:00:00.000Z",
    request: {
      operation: "CreateBackupVault",
      partition: scene.partition,
      region: scene.region,
      accountId: scene.accountId,
      backupVaultName: scene.vaultName,
      encryptionKeyArn: scene.keyArn,
      backupVaultTags: draw.percent(40) ? { cost: "42", ...(draw.percent(30) && { owner: "ana" }) } : {},
    },
    caller: {
      arn: scene.callerArn,
      principalArn: scene.principalArn,
      ...(scene.issuerArn !== null && { issuerArn: scene.issuerArn }),
      userId: scene.userId,
      tags: draw.percent(60)
        ? read({ team: draw.one(["team-a", "vault"]), Level: draw.one(["3", "7"]), stamp: "QmluYXJ5" })
        : none,
      sessionTags: isSession && draw.percent(20) ? read({ Team: "team-b" }) : none,
    },
    context: {},
    policies: {
      identity: draw.percent(94) ? read([document("own"), ...(draw.percent(40) ? [document("more")] : [])]) : none,
      permissionsBoundary: scene.kind !== "root" && draw.percent(35) ? read(document("boundary")) : none,
      session: draw.percent(isSession ? 35 : 10) ? read([document("session")]) : none,
      serviceControl: isInOrganization && draw.percent(75) ? read(drawTargets(draw, scene, bounds)) : none,
      resourceControl:
        ownersOrganization.status === "read" && draw.percent(35)
          ? read(drawResourceControl(draw, scene, bounds))
          : none,
      vpcEndpoint: scene.network === "endpoint" ? read(drawEndpointPolicy(draw, scene, bounds)) : none,
    },
    key: read(key),
    organization,
    simulation: { status: "notRead" },
    denial: null,
  };
}

function drawEndpointPolicy(draw: Draw, scene: Scene, bounds: ConditionBounds) {
  const { Statement, ...rest } = drawLimitingDocument(draw, scene, bounds);
  const everyone = draw.one<"*" | Record<string, string>>([
    "*",
    { AWS: "*" },
    { AWS: scene.accountId },
    { AWS: scene.principalArn },
  ]);
  const statements = (Array.isArray(Statement) ? Statement : [Statement]).map((statement) => ({
    ...statement,
    Principal: everyone,
  }));
  return drawPolicy(draw, "endpoint", { ...drawEnvelope(draw, statements), ...rest }, "vpce-0aaa");
}

/** Says in `context` what the specification's table leaves open of the keys that the policies mention. */
function decided(draw: Draw, scene: Scene, snapshot: Snapshot): Snapshot {
  const pool = conditionKeys(scene);
  const context: Snapshot["context"] = {};
  // A user's temporary credentials show in the context; only then session policies touch a user.
  if (scene.kind === "user" && snapshot.policies.session.status === "read" && draw.percent(50)) {
    context["aws:TokenIssueTime"] = "2026-11-20T11:00:00Z";
  }
  if (scene.network === "internet") context["aws:SourceIp"] = draw.one(["203.0.113.7", "198.51.100.1", "2001:db8::1"]);
  const decide = ({ name, mustBePresent }: UndecidedKey) => {
    const key = pool.find((candidate) => candidate.name.toLowerCase() === name);
    const values = key?.values ?? ["something"];
    const value = values[draw.upTo(values.length - 1)] ?? "something";
    if (name.startsWith("kms:encryptioncontext")) return;
    if (!mustBePresent && draw.percent(30)) context[name] = null;
    else context[name] = key?.multi === true ? draw.some(values, 2) : value.replace("/24", "").replace("/*", "");
  };
  for (const key of undecidedKeys({ ...snapshot, context })) decide(key);
  // A key that only temporary credentials carry says of others that they are there.
  for (const key of undecidedKeys({ ...snapshot, context })) decide(key);
  return { ...snapshot, context: { ...context, ...drawEncryptionContext(draw, { ...snapshot, context }) } };
}

/** An encryption context whose keys and pairs agree: the vault's key and no other, as the specification takes it. */
function drawEncryptionContext(draw: Draw, snapshot: Snapshot): Snapshot["context"] {
  if (!undecidedKeys(snapshot).some(({ name }) => name.startsWith("kms:encryptioncontext"))) return {};
  return {
    "kms:EncryptionContextKeys": ["aws:backup:backup-vault"],
    "kms:EncryptionContext:aws:backup:backup-vault": draw.one(["vault-prod", "team-a-vault"]),
    "kms:EncryptionContext:department": null,
  };
}

interface UndecidedKey {
  /** In lower case. */
  name: string;
  mustBePresent: boolean;
}

/** The keys that the policies mention and that the specification's table leaves open for some of the seven calls. */
function undecidedKeys(snapshot: Snapshot): UndecidedKey[] {
  const key = keyAskedFor(snapshot, {});
  return [...mentionedKeys(snapshot).keys()].flatMap((name) => {
    const unknowns = requestedActions.map((action) => entryFor(snapshot, key, action, name)).filter(isUnknown);
    return unknowns.length === 0 ? [] : [{ name, mustBePresent: unknowns.some(({ unknown }) => unknown === "value") }];
  });
}
