import { readFileSync } from "node:fs";
import { parseWorld } from "backup-vault-access/emulator";

/** The account that the tests run in. */
export const world = parseWorld(readFileSync(new URL("./world.json", import.meta.url), "utf8"));

export const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
