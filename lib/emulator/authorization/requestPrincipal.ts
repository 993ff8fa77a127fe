import { uniqueId } from "../../facts/names.js";
import type { RequestPrincipal } from "../../policy/RequestPrincipal.js";
import type { Session } from "../Session.js";

/** A session as policies that name principals see it; null where nobody is known. */
export function requestPrincipal(session: Session): RequestPrincipal | null {
  if (session.kind === "anonymous") return null;
  const id = session.userId.split(":")[0] ?? "";
  return {
    kind: session.kind,
    arn: session.arn,
    accountId: session.accountId,
    ...(session.kind === "role-session" && { roleArn: session.principalArn }),
    ...(session.issuerArn !== null && { issuerArn: session.issuerArn }),
    ...(uniqueId.test(id) && { uniqueId: id }),
  };
}
