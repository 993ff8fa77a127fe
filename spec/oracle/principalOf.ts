import type { Caller } from "../../lib/snapshot/Snapshot.js";
import type { Principal } from "./Question.js";

/** Who calls, read from the ARNs that sts:GetCallerIdentity and IAM answered. */
export function principalOf(caller: Caller, hasBoundary: boolean): Principal {
  const [, , , , accountId = "", name = ""] = caller.arn.split(":");
  const [id = ""] = (caller.userId ?? "").split(":");
  const common = { accountId, arn: caller.arn, hasBoundary, ...(/^A[IR]/.test(id) && { uniqueId: id }) };
  if (name === "root") return { ...common, kind: "root" };
  if (name.startsWith("assumed-role/")) return { ...common, kind: "role-session", roleArn: caller.principalArn };
  if (name.startsWith("federated-user/")) {
    return {
      ...common,
      kind: "federated-user",
      ...(caller.issuerArn !== undefined && { issuerArn: caller.issuerArn }),
    };
  }
  return { ...common, kind: "user" };
}
