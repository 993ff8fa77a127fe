import type { Emulator, EmulatorOptions } from "../../emulator/index.js";
import { emulatorLife } from "./useEmulator.js";

/** Mocha's root hooks with the emulator that they run. */
export interface EmulatorRootHooks {
  /** For a file that `.mocharc` requires; mocha looks for this name. */
  mochaHooks: { beforeAll: () => Promise<void>; beforeEach: () => void; afterAll: () => Promise<void> };
  /** The emulator, within hooks and tests. */
  emulator: () => Emulator;
}

/**
 * Mocha root hooks that start an emulator once for all files (in parallel mode, once a worker's file) and give each test a
 * fresh world.
 *
 * @see https://mochajs.org/features/root-hook-plugins/
 * @example
 * // spec/hooks.js, with `require: ./spec/hooks.js` in .mocharc.yml
 * export const { mochaHooks, emulator } = emulatorRootHooks({ world });
 */
export function emulatorRootHooks(options: EmulatorOptions = {}): EmulatorRootHooks {
  const { start, freshWorld, stop, emulator } = emulatorLife(options);
  return { mochaHooks: { beforeAll: start, beforeEach: freshWorld, afterAll: stop }, emulator };
}
