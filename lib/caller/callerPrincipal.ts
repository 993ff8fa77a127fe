import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import type { Caller } from "../snapshot/Snapshot.js";
import { parseCallerArn } from "./parseCallerArn.js";

/** The snapshot's caller as Principal elements see it. */
export function callerPrincipal(caller: Caller): RequestPrincipal {
  const parsed = parseCallerArn(caller.arn);
  // parseSnapshot accepts no other ARNs; a role ARN stands for a session of it whose name is not known.
  if (parsed === null) return { kind: "user", arn: caller.arn, accountId: caller.arn.split(":")[4] ?? "" };
  const uniqueId = parsed.kind === "root" ? undefined : caller.userId?.split(":")[0];
  return {
    kind: parsed.kind,
    arn: caller.arn,
    accountId: parsed.accountId,
    ...(parsed.kind === "role-session" && { roleArn: caller.principalArn }),
    ...(parsed.kind === "federated-user" && caller.issuerArn !== undefined && { issuerArn: caller.issuerArn }),
    ...(uniqueId !== undefined && /^A(IDA|ROA)/.test(uniqueId) && { uniqueId }),
  };
}
