import { parseArn } from "../facts/arn.js";
import { parsePart } from "./parsePart.js";
import type { World, WorldInput } from "./World.js";
import { WorldFormatError } from "./WorldFormatError.js";
import { withUsualPolicy } from "./worldParts.js";
import { worldSchema } from "./worldSchema.js";

/**
 * Checks a world at the door and fills in what may be left out: empty lists, Enabled customer managed keys, targets with
 * FullAWSAccess, keys with the policy that AWS gives them. Every door of the emulator reads worlds by it.
 *
 * @param input the world as JSON text or as an object; an object is not changed
 * @throws WorldFormatError with the JSON path and what was expected there
 * @example
 * const emulator = await startEmulator({ world: parseWorld(await readFile("world.json", "utf8")) });
 */
export function parseWorld(input: string | WorldInput | object): World {
  const world = parsePart(worldSchema, typeof input === "string" ? parseJson(input) : input);
  const owner = parseArn(world.caller.arn)?.accountId;
  if (!world.accounts.some(({ id }) => id === owner)) {
    throw new WorldFormatError("caller.arn", `expected a principal of one of the accounts, not of ${owner}`);
  }
  for (const { keys } of world.accounts) keys.forEach(withUsualPolicy);
  return world;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WorldFormatError("", `expected JSON (${why})`, { cause });
  }
}
