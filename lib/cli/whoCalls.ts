import type { LiveOptions } from "../client/LiveOptions.js";
import { parsePrincipalArn } from "../facts/arn.js";
import { region as regionName } from "../facts/names.js";
import { CliError } from "./CliError.js";
import { clientSettings } from "./clientSettings.js";

/** Who calls, as AWS tells it. */
export interface WhoCalls {
  partition: string;
  accountId: string;
  /** The user, or the role behind the session. */
  principalArn: string;
  /** A session's ARN does not tell the path of its role: `principalArn` is then as of one without a path. */
  isPathKnown: boolean;
}

/**
 * Asks AWS who calls.
 *
 * @param option what it is asked for, as the message names it
 * @throws CliError where AWS does not tell
 */
export async function whoCalls(option: string, region: string | undefined, live: LiveOptions): Promise<WhoCalls> {
  if (region !== undefined && !regionName.test(region))
    throw new CliError(`--region ${region}: expected the name of a Region, as eu-west-1`);
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const sts = new STSClient(clientSettings(region, live));
  try {
    const { Arn = "" } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: live.abortSignal });
    const caller = parsePrincipalArn(Arn);
    if (caller === null) throw new Error(`it answered ${Arn}`);
    const { partition, accountId, kind, name } = caller;
    const principalArn = kind === "role-session" ? `arn:${partition}:iam::${accountId}:role/${name}` : Arn;
    return { partition, accountId, principalArn, isPathKnown: kind !== "role-session" };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(`${option}: AWS does not tell who calls (${why})`, 4);
  } finally {
    sts.destroy();
  }
}
