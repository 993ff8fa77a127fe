import { type Emulator, type EmulatorOptions, startEmulator } from "../../lib/emulator/index.js";

/** Runs against an emulator that is stopped whatever happens. */
export async function served<T>(options: EmulatorOptions, use: (emulator: Emulator) => Promise<T>): Promise<T> {
  const emulator = await startEmulator(options);
  try {
    return await use(emulator);
  } finally {
    await emulator.stop();
  }
}

/** What a call failed with; throws where it succeeded. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error("The call succeeded, but was expected to fail.");
}
