import type { World } from "./World.js";

export function vaultArn({ partition }: World, region: string, accountId: string, name: string): string {
  return `arn:${partition}:backup:${region}:${accountId}:backup-vault:${name}`;
}
