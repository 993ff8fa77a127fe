import type { ServiceName } from "./Call.js";
import type { EmulatorState } from "./EmulatorState.js";
import { ServiceError } from "./ServiceError.js";
import type { Session } from "./Session.js";
import type { CredentialScope } from "./wire/credentialScope.js";
import type { WireRequest } from "./wire/WireRequest.js";

/**
 * Who is calling.
 *
 * @throws ServiceError with the service's own code where the credentials are unknown, expired or missing
 */
export function authenticate(
  state: EmulatorState,
  service: ServiceName,
  request: WireRequest,
  scope: CredentialScope | null,
): Session {
  const isQuery = service === "iam" || service === "sts";
  if (scope === null) {
    throw isQuery
      ? new ServiceError("MissingAuthenticationToken", "Request is missing Authentication Token", 403)
      : new ServiceError(
          "MissingAuthenticationTokenException",
          "Missing Authentication Token",
          service === "backup" ? 403 : 400,
        );
  }
  const status = isQuery || service === "backup" ? 403 : 400;
  const invalid = () =>
    isQuery
      ? new ServiceError("InvalidClientTokenId", "The security token included in the request is invalid.", 403)
      : new ServiceError(
          "UnrecognizedClientException",
          "The security token included in the request is invalid.",
          status,
        );
  const session = state.sessions.get(scope.accessKeyId);
  if (session === undefined) throw invalid();
  if ((request.headers["x-amz-security-token"] ?? null) !== session.sessionToken) throw invalid();
  if (session.expiresAt !== null && session.expiresAt <= Date.now()) {
    throw isQuery
      ? new ServiceError("ExpiredToken", "The security token included in the request is expired", 403)
      : new ServiceError("ExpiredTokenException", "The security token included in the request is expired", status);
  }
  return session;
}
