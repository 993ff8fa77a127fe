import { type CallerConfig, settingOf } from "./CallerConfig.js";

/** The Region of a client; null where neither it nor the environment names one, which the SDK answers with an error. */
export async function regionOf(config: CallerConfig): Promise<string | null> {
  try {
    const region = await settingOf(config.region);
    return typeof region === "string" && region !== "" ? region : null;
  } catch {
    return null;
  }
}
