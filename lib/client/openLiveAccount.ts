import type { AccountSource } from "../evidence/AccountSource.js";
import type { LiveOptions } from "./LiveOptions.js";
import { liveSettings } from "./liveSettings.js";

/**
 * The account of whoever reads the evidence, live; to be closed.
 *
 * @throws InvalidRequestError where nobody names a Region; an error named as AWS named it, where IAM does not tell
 */
export async function openLiveAccount(
  region: string | undefined,
  options: LiveOptions,
): Promise<AccountSource & { close: () => void }> {
  const { settings, release } = await liveSettings(region, options);
  const giveUp = new AbortController();
  const signal = options.abortSignal ?? giveUp.signal;
  try {
    if (settings.skip !== undefined) throw new Error(settings.skip);
    const { openAccount } = await import("../evidence/openAccount.js");
    const account = await openAccount({
      ...settings,
      signal,
      ...(typeof options.deadline === "number" && { callLimit: options.deadline }),
    });
    return {
      ...account,
      close: () => {
        account.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}
