import type { Call } from "./Call.js";
import { ServiceError } from "./ServiceError.js";

/**
 * Refuses what temporary credentials cannot do whatever the policies say: those of GetSessionToken call IAM only with MFA, and
 * of STS AssumeRole and GetCallerIdentity; those of GetFederationToken call no IAM, and of STS GetCallerIdentity only.
 *
 * @throws ServiceError InvalidClientTokenId or AccessDenied
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
export function refuseSession({ session, service, operation }: Call): void {
  const isFederated = session.kind === "federated-user";
  const isSessionToken = session.sessionToken !== null && (session.kind === "user" || session.kind === "root");
  if (!isFederated && !isSessionToken) return;
  if (service === "iam" && (isFederated || session.context["aws:MultiFactorAuthPresent"] !== "true")) {
    throw new ServiceError("InvalidClientTokenId", "The security token included in the request is invalid", 403);
  }
  if (service !== "sts" || operation === "GetCallerIdentity") return;
  if (operation === "AssumeRole") {
    if (!isFederated) return;
    throw new ServiceError("AccessDenied", `User: ${session.arn} is not authorized to perform: sts:AssumeRole`, 403);
  }
  throw new ServiceError("AccessDenied", `Cannot call ${operation} with session credentials`, 403);
}
