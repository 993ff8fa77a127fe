import { parsePrincipalArn } from "../facts/arn.js";
import type { Layer } from "../facts/layers.js";
import { type ChangedBeside, mayConcern } from "../plan/ChangedBeside.js";
import { isNotKnown } from "../plan/NotKnown.js";
import type { PlannedVault } from "../plan/PlannedVault.js";
import type { CliIo } from "./CliIo.js";
import { type LiveFlags, listOf } from "./liveOptions.js";

/** Where and as whom a plan's vaults are asked about, and what else the plan changes. */
interface AskedIn {
  env: CliIo["env"];
  /** The Region that is asked about; left out: nobody said. */
  here: string | undefined;
  accountId: string | null;
  /** Null: not asked for. */
  callerArn: string | null;
  changes: readonly ChangedBeside[];
}

/** What may make another answer of one, and in which layers alone; null: in any. */
export interface Unsettled {
  told: string;
  layers: readonly Layer[] | null;
}

/** In what a vault is judged otherwise than the plan's tool would make it, each a sentence. */
export interface NotAsPlanned {
  /** What can only refuse more than is told. */
  narrowed: readonly string[];
  /** By what the answer may be another when it is made, be it allowed or blocked. */
  unsettled: readonly Unsettled[];
}

/** In what a vault is judged otherwise than the plan's tool would make it, as far as that is known here. */
export function notAsPlanned(
  {
    role,
    profile = null,
    narrowed = null,
    region,
    plannedAs = null,
    perhapsAs = null,
    unsettled: own = [],
  }: PlannedVault,
  flags: Pick<LiveFlags, "principal" | "profile" | "region">,
  { env, here, accountId, callerArn, changes }: AskedIn,
): NotAsPlanned {
  const unsettled: Unsettled[] = own.map((told) => ({ told, layers: null }));
  const add = (told: string, layers: Unsettled["layers"] = null) => unsettled.push({ told, layers });
  if (isNotKnown(region) && flags.region === undefined)
    add(`its Region is not known (${region.because}); it is judged in ${here}: expected --region`);
  const isAsked = flags.principal !== undefined || (flags.profile ?? env.AWS_PROFILE ?? "default") === profile;
  if (profile !== null && !isAsked) {
    const [who, expected] = isNotKnown(profile)
      ? [`somebody who is not known here (${profile.because})`, "--principal ARN"]
      : [`a profile, ${profile}`, "--profile NAME, or --principal ARN"];
    add(`its provider calls as ${who}; it is judged as who calls here: expected ${expected}`);
  }
  const named = listOf(flags.principal);
  if (named.length === 0 && role === null && isSomebodyElse(plannedAs, accountId, callerArn))
    add(
      `its provider called as ${plannedAs} when the plan was made; it is judged as who calls here: expected --principal ARN`,
    );
  if (named.length === 0 && role === null && perhapsAs !== null && !isSameRole(perhapsAs.roleArn, callerArn))
    add(
      `${perhapsAs.name} tells of a role, and nothing that the plan writes down uses it: a dynamic assume_role, which a plan leaves out, would make the call as that role; it is judged as who calls here: expected --principal ARN`,
    );
  const who = named.length > 0 ? named : [isNotKnown(role) ? null : (role ?? callerArn)];
  const [first, ...others] = changes.filter((change) => who.some((one) => mayConcern(change, one)));
  if (first !== undefined) {
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    const layers = [...new Set([first, ...others].flatMap((change) => change.layers))];
    add(`the plan changes ${first.address}${more}, which may decide; it is judged by how that is now`, layers);
  }
  // Who is named, is asked about as what it is.
  const isNarrowed = flags.principal === undefined && narrowed !== null;
  return {
    narrowed: isNarrowed
      ? [`${narrowed} narrows the rights of its role, and is not looked into; it is judged without`]
      : [],
    unsettled,
  };
}

function isSameRole(roleArn: string | null, callerArn: string | null): boolean {
  const [role, caller] = [roleArn, callerArn].map((arn) => (arn === null ? null : parsePrincipalArn(arn)));
  return role != null && role.accountId === caller?.accountId && role.name === caller.name;
}

/**
 * Another account's, or a role's session where another one calls here: a dynamic assume_role, which a plan leaves out, or a
 * profile. As which user a plan is made, says little of who applies it.
 */
function isSomebodyElse(planned: string | null, accountId: string | null, callerArn: string | null): boolean {
  const [then, now] = [planned, callerArn].map((arn) => (arn === null ? null : parsePrincipalArn(arn)));
  if (then == null) return false;
  if (accountId !== null && then.accountId !== accountId) return true;
  return then.kind === "role-session" && now != null && then.name !== now.name;
}
