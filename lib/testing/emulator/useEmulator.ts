import type { Emulator, EmulatorOptions, World } from "../../emulator/index.js";
import { runnerOf, type TestRunner } from "./TestRunner.js";

/** Options of {@link useEmulator}. */
export interface UseEmulatorOptions extends EmulatorOptions {
  /** Hooks of a runner that has no globals, as Vitest's `{ beforeAll, beforeEach, afterAll }`. Default: the globals. */
  runner?: TestRunner | undefined;
}

/**
 * Starts an emulator once for the tests of a suite (or of a file) and gives each of them a fresh world.
 *
 * @returns gives the emulator, within hooks and tests
 * @throws TypeError where the runner's hooks are neither global nor given
 * @example
 * describe("our deployment", () => {
 *   const emulator = useEmulator({ world });
 *   it("creates its vault", async () => {
 *     const client = new BackupClient(emulator().clientConfig());
 *     await client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" }));
 *   });
 * });
 */
export function useEmulator({ runner, ...options }: UseEmulatorOptions = {}): () => Emulator {
  const { beforeAll, beforeEach, afterAll } = runnerOf<TestRunner>(runner, ["beforeAll", "beforeEach", "afterAll"]);
  const { start, freshWorld, stop, emulator } = emulatorLife(options);
  beforeAll(start);
  beforeEach(freshWorld);
  afterAll(stop);
  return emulator;
}

/** An emulator's life over many tests. */
export function emulatorLife(options: EmulatorOptions) {
  let running: Emulator | null = null;
  let world: World | null = null;
  return {
    start: async (): Promise<void> => {
      // Loaded only now: most who import from here assert, and serve nothing.
      const { startEmulator } = await import("../../emulator/index.js");
      running = await startEmulator(options);
      // As it was before the first test: a test may have served another one.
      world = structuredClone(running.world);
    },
    freshWorld: (): void => {
      if (world !== null) running?.reset(world);
    },
    stop: async (): Promise<void> => {
      await running?.stop();
      running = null;
    },
    emulator: (): Emulator => {
      if (running === null) throw new Error("the emulator runs only within hooks and tests; ask for it there");
      return running;
    },
  };
}
