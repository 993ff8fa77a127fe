import type { errorForDenial } from "./errorForDenial.js";

let loading: Promise<typeof import("./errorForDenial.js")> | undefined;

/**
 * The error to throw for a denial; all that makes it is loaded with the first one. Where that cannot be loaded (no file may
 * be opened any more, a bundler left it out), the denial itself.
 */
export async function explainedLazily(...denied: Parameters<typeof errorForDenial>): Promise<Error> {
  try {
    loading ??= import("./errorForDenial.js");
    const module = await loading;
    return await module.errorForDenial(...denied);
  } catch {
    loading = undefined;
    return denied[0];
  }
}
