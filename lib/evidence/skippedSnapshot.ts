import { parseArn, parsePrincipalArn } from "../facts/arn.js";
import { noAccount, nobody } from "../facts/names.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { CollectOptions } from "./CollectOptions.js";
import { userOf } from "./callerIdentity.js";
import { snapshotWithout } from "./snapshotWithout.js";

/**
 * The snapshot where nothing could be asked, or where who calls is not known: everything is unreadable for one reason.
 * What the request and the denial's own words tell of the caller is taken from them.
 */
export function skippedSnapshot(request: VaultRequest, options: CollectOptions, reason: string): Snapshot {
  const missing: Evidence<never> = { status: "unreadable", reason };
  const told = request.principalArn ?? userOf(options.denial ?? null) ?? "";
  const named = parsePrincipalArn(told);
  const partition = named?.partition ?? "aws";
  const accountId = named?.accountId ?? parseArn(request.encryptionKeyArn ?? "")?.accountId ?? noAccount;
  const role = (name: string) => `arn:${partition}:iam::${accountId}:role/${name}`;
  const principalArn = named === null ? role(nobody) : named.kind === "role-session" ? role(named.name) : told;
  const caller = { arn: named === null ? principalArn : told, principalArn, tags: missing };
  const snapshot = snapshotWithout(request, options, caller, { partition, accountId }, missing);
  // A session's ARN tells no path, and with it not aws:PrincipalArn; who is not known has it all the same.
  return { ...snapshot, context: { "aws:PrincipalArn": { present: true }, ...snapshot.context } };
}
