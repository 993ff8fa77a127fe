import { randomUUID } from "node:crypto";
import { awsManagedKey, publishedKeyPolicy } from "../facts/kms.js";
import { arnOf } from "./arnOf.js";
import { accountOf } from "./principals.js";
import type { World, WorldKey } from "./World.js";

/** A key by its ARN, in whatever account. */
export function keyByArn(world: World, arn: string): WorldKey | null {
  for (const { keys } of world.accounts) {
    const key = keys.find((one) => one.arn === arn);
    if (key !== undefined) return key;
  }
  return null;
}

/** A key as KMS callers name it: key ARN, key id, alias ARN or alias name; the latter three in the caller's Region. */
export function keyByName(world: World, name: string, accountId: string, region: string): WorldKey | null {
  if (!name.startsWith("arn:")) {
    const kind = name.startsWith("alias/") ? name : `key/${name}`;
    return keyByName(world, `arn:${world.partition}:kms:${region}:${accountId}:${kind}`, accountId, region);
  }
  const { region: itsRegion, accountId: owner, resource } = arnOf(name);
  // A key answers only in its own Region.
  if (itsRegion !== region) return null;
  if (!resource.startsWith("alias/")) return keyByArn(world, name);
  const account = world.accounts.find(({ id }) => id === owner);
  if (resource === awsManagedKey.alias && account !== undefined && owner === accountId) {
    return account.keys.find((key) => isBackupKey(key, region)) ?? null;
  }
  return account?.keys.find(({ arn, aliases }) => arnOf(arn).region === region && aliases.includes(resource)) ?? null;
}

/** The account's alias/aws/backup in a Region; where AWS Backup has not made it yet, as it would be. */
export function backupKey(world: World, accountId: string, region: string): WorldKey {
  const existing = accountOf(world, accountId).keys.find((key) => isBackupKey(key, region));
  return existing ?? newBackupKey(world.partition, accountId, region);
}

function isBackupKey({ arn, aliases }: WorldKey, region: string): boolean {
  return arnOf(arn).region === region && aliases.includes(awsManagedKey.alias);
}

function newBackupKey(partition: string, accountId: string, region: string): WorldKey {
  return {
    arn: `arn:${partition}:kms:${region}:${accountId}:key/${randomUUID()}`,
    manager: "AWS",
    state: "Enabled",
    policy: publishedKeyPolicy({ partition, accountId, region }),
    grants: [],
    aliases: [awsManagedKey.alias],
    tags: {},
    description: "Default key that protects my Backup data when no other key is defined",
  };
}

/** Condition keys that every KMS action on a key carries. */
export function keyContext(key: WorldKey): Record<string, string | string[]> {
  const multiRegion = key.multiRegion ?? false;
  return {
    "kms:KeyOrigin": key.origin ?? "AWS_KMS",
    "kms:KeySpec": key.keySpec ?? "SYMMETRIC_DEFAULT",
    "kms:KeyUsage": key.keyUsage ?? "ENCRYPT_DECRYPT",
    "kms:MultiRegion": String(multiRegion),
    ...(multiRegion && { "kms:MultiRegionKeyType": key.multiRegionKeyType ?? "PRIMARY" }),
    ...(key.aliases.length > 0 && { "kms:ResourceAliases": key.aliases }),
    ...Object.fromEntries(Object.entries(key.tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value])),
  };
}
