import { isPeoples } from "../evidence/isPeoples.js";
import { parsePrincipalArn } from "../facts/arn.js";
import { isOfShard } from "../survey/isOfShard.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { readInput } from "./readInput.js";
import type { SurveyFlags } from "./surveyFlags.js";

/** Who is asked about, and who was named. */
export interface WantedPrincipals {
  wants: (principalArn: string) => boolean;
  /** Where each stands that was named by ARN, and falls into the shard. */
  named: ReadonlyMap<string, string>;
}

/**
 * Reads who is wanted: those named by a file or by --principal, else all but service-linked roles; of these a shard.
 *
 * @throws CliError naming file and line where one is no ARN of a user or role
 */
export async function wantedPrincipals(flags: SurveyFlags, io: CliIo): Promise<WantedPrincipals> {
  const { principal = [], principalsFrom, shard } = flags;
  const named = new Map<string, string>();
  const isOfPart = (arn: string) => shard === undefined || isOfShard(arn, shard);
  const name = (arn: string, place: string) => {
    const { kind } = parsePrincipalArn(arn) ?? {};
    if (kind !== "user" && kind !== "role") {
      throw new CliError(
        `${place}: ${arn}: expected the ARN of a user or role, as arn:aws:iam::111122223333:role/Deployer`,
      );
    }
    named.set(arn, place);
  };
  for (const arn of [principal].flat()) name(arn, "--principal");
  if (principalsFrom !== undefined) {
    const text = await readInput("--principals-from", principalsFrom, io);
    for (const [at, line] of text.split(/\r?\n/).entries()) {
      // A path may hold a #: a comment stands behind a blank, or alone.
      const arn = line.replace(/(?:^|\s)#.*$/, "").trim();
      if (arn !== "") name(arn, `--principals-from ${principalsFrom}, line ${at + 1}`);
    }
    if (named.size === 0) {
      throw new CliError(`--principals-from ${principalsFrom}: expected ARNs, one a line, found none`);
    }
  }
  const isNamed = named.size > 0;
  return {
    wants: (arn) => isOfPart(arn) && (isNamed ? named.has(arn) : isPeoples(arn)),
    named: new Map([...named].filter(([arn]) => isOfPart(arn))),
  };
}
