import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import type { Filling } from "./Filling.js";

/** Whether a role is asked about of which no session is known. */
export function isRoleAlone({ caller }: Snapshot): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\//.test(caller.arn);
}

/** Whether a federated user calls and nobody says who asked for its session. */
export function isIssuerOpen({ caller }: Snapshot): boolean {
  return caller.issuerArn === undefined && /^arn:[^:]+:sts::\d{12}:federated-user\//.test(caller.arn);
}

/**
 * A role of which no session is known, as one of its sessions calls: nobody but a session ever does. A federated user whose
 * issuer is not known, as one of the account's users sent it.
 */
export function withSession(snapshot: Snapshot, { sessionName, roleId, issuerArn }: Filling): Snapshot {
  if (issuerArn !== undefined && isIssuerOpen(snapshot))
    return { ...snapshot, caller: { ...snapshot.caller, issuerArn } };
  if (!isRoleAlone(snapshot)) return snapshot;
  const { caller } = snapshot;
  const [, partition = "", , , account = "", path = ""] = caller.arn.split(":");
  const name = path.split("/").at(-1) ?? "";
  if (sessionName === undefined) throw new Error("Nothing tells the oracle which session of the role calls");
  return {
    ...snapshot,
    caller: {
      ...caller,
      arn: `arn:${partition}:sts::${account}:assumed-role/${name}/${sessionName}`,
      userId: `${caller.userId?.split(":")[0] ?? roleId ?? "AROAUNKNOWNUNKNOWN00"}:${sessionName}`,
    },
  };
}
