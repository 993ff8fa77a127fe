import { newDiagnosisId, publishDiagnosis } from "./diagnosisEvent.js";
import type { errorForDenial } from "./errorForDenial.js";
import { subjectOfInput } from "./subjectOfInput.js";
import { tellHook } from "./tellHook.js";

let loading: Promise<typeof import("./errorForDenial.js")> | undefined;

/**
 * The error to throw for a denial; all that makes it is loaded with the first one. Where that cannot be loaded (no file may
 * be opened any more, a bundler left it out), the denial itself; `onFailure` and the diagnostics channel are told why.
 */
export async function explainedLazily(...denied: Parameters<typeof errorForDenial>): Promise<Error> {
  try {
    loading ??= import("./errorForDenial.js");
    const module = await loading;
    return await module.errorForDenial(...denied);
  } catch (error) {
    loading = undefined;
    const [denial, { input }, options] = denied;
    const event = { id: newDiagnosisId(), subject: subjectOfInput(input) };
    publishDiagnosis({ ...event, type: "started" });
    publishDiagnosis({ ...event, type: "failed", milliseconds: 0, error });
    tellHook(options.onFailure, error);
    return denial;
  }
}
