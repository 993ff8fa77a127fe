import * as v from "valibot";
import { formatIssue } from "../snapshot/formatIssue.js";
import { backupKeyPolicy } from "./backupKeyPolicy.js";
import type { World, WorldDocument, WorldKey } from "./World.js";
import { WorldFormatError } from "./WorldFormatError.js";
import { defaultKeyPolicy } from "./worldParts.js";
import { worldSchema } from "./worldSchema.js";

/**
 * Checks a world at the door and fills in what may be left out: empty lists, Enabled customer managed keys, targets with
 * FullAWSAccess, keys with the policy that AWS gives them.
 *
 * @param input the world as JSON text or as an object; an object is not changed
 * @throws WorldFormatError with the JSON path and what was expected there
 * @example
 * const emulator = await startEmulator({ world: parseWorld(await readFile("world.json", "utf8")) });
 */
export function parseWorld(input: string | object): World {
  const world = checkWorld(typeof input === "string" ? parseJson(input) : input, { isWritten: true });
  for (const key of world.accounts.flatMap(({ keys }) => keys)) {
    if (key.policy === undefined) key.policy = usualPolicy(key);
  }
  return world;
}

/**
 * A world as it is served: checked, with empty lists where they were left out. A key without a policy stays without.
 *
 * @param options.isWritten ids and names must have AWS's form, too. A world made from a snapshot has the snapshot's.
 * @throws WorldFormatError with the JSON path and what was expected there
 */
export function checkWorld(input: unknown, { isWritten }: { isWritten: boolean }): World {
  const result = v.safeParse(worldSchema, input);
  if (!result.typed) throw formatError(result.issues[0]);
  const [issue] = result.issues ?? [];
  if (isWritten && issue !== undefined) throw formatError(issue);
  const world = result.output;
  const callersAccount = world.caller.arn.split(":")[4];
  if (!world.accounts.some(({ id }) => id === callersAccount)) {
    throw new WorldFormatError("caller.arn", `expected a principal of one of the accounts, not of ${callersAccount}`);
  }
  restoreNames(input, world);
  return world;
}

function formatError(issue: Parameters<typeof formatIssue>[0]): WorldFormatError {
  const { path, expected } = formatIssue(issue);
  return new WorldFormatError(path, expected);
}

/** Tags may be called "constructor" or "__proto__", which valibot leaves out of records. */
function restoreNames(input: unknown, world: unknown): void {
  if (typeof input !== "object" || input === null || typeof world !== "object" || world === null) return;
  for (const [name, value] of Object.entries(input)) {
    const known = Object.getOwnPropertyDescriptor(world, name);
    // Documents are taken over as they are.
    if (known !== undefined) {
      if (known.value !== value) restoreNames(value, known.value);
    } else {
      Object.defineProperty(world, name, { value, enumerable: true, writable: true, configurable: true });
    }
  }
}

function usualPolicy({ arn, aliases }: WorldKey): WorldDocument {
  const [, partition = "aws", , region = "", owner = ""] = arn.split(":");
  return aliases.includes("alias/aws/backup")
    ? backupKeyPolicy(partition, owner, region)
    : defaultKeyPolicy(partition, owner);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WorldFormatError("", `expected JSON (${why})`, { cause });
  }
}
