import { BackupClient } from "@aws-sdk/client-backup";
import { InvalidRequestError } from "../options/InvalidRequestError.js";
import { deadlineOf, timeLeftUntil } from "./collectInTime.js";
import { collectOptionsFor } from "./collectOptionsFor.js";
import { inTime } from "./inTime.js";
import type { LiveOptions } from "./LiveOptions.js";
import { regionOf } from "./regionOf.js";

/** Where and as whom evidence is read, as options and environment say it; `release` once all is read. */
export interface LiveSettings {
  settings: Awaited<ReturnType<typeof collectOptionsFor>>;
  region: string;
  release: () => void;
}

/** @throws InvalidRequestError where nobody names a Region; TimeoutError where a client's settings hang */
export async function liveSettings(named: string | undefined, options: LiveOptions): Promise<LiveSettings> {
  const { client, credentials, abortSignal: _, ...diagnosis } = options;
  // A client of our own stands for the one that there would be: it resolves the environment as the SDK does.
  const own =
    client === undefined
      ? new BackupClient({
          ...(named !== undefined && { region: named }),
          ...(credentials !== undefined && { credentials }),
        })
      : null;
  const timeLeft = timeLeftUntil(deadlineOf(options));
  const release = () => own?.destroy();
  try {
    const config = (own ?? client)?.config ?? {};
    const region = named ?? (await inTime(regionOf(config), timeLeft()));
    if (region === null) {
      throw new InvalidRequestError(
        "request.region",
        "is missing; expected a Region here, in the client's configuration, in AWS_REGION or in the profile",
      );
    }
    return { settings: await inTime(collectOptionsFor(config, diagnosis, region), timeLeft()), region, release };
  } catch (error) {
    release();
    throw error;
  }
}
