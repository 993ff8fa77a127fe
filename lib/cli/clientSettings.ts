import type { LiveOptions } from "../client/LiveOptions.js";
import { requestLimits } from "./requestLimits.js";

/** How a command's own client is made: in its Region, as who calls, and no request outlasts the command. */
export function clientSettings(region: string | undefined, live: LiveOptions) {
  const { credentials } = live;
  return {
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && { credentials }),
    ...requestLimits(live),
  };
}
