import type { ServiceName } from "./Call.js";
import type { EmulatorState } from "./EmulatorState.js";
import { userArn } from "./principals.js";
import { ServiceError } from "./ServiceError.js";
import type { Session } from "./Session.js";
import { signIn } from "./signIn.js";
import type { World } from "./World.js";
import type { CredentialScope } from "./wire/credentialScope.js";
import { verifySignature } from "./wire/verifySignature.js";
import type { WireRequest } from "./wire/WireRequest.js";

type Fault = "missing" | "unknown" | "expired" | "skewed" | "mismatch" | "incomplete";

const texts: Record<Fault, string> = {
  missing: "Request is missing Authentication Token",
  unknown: "The security token included in the request is invalid.",
  expired: "The security token included in the request is expired",
  skewed: "Signature expired: the request's time differs too much from the time of the server",
  mismatch:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  incomplete:
    "Authorization header requires 'Credential', 'SignedHeaders' (with host) and 'Signature', and an X-Amz-Date",
};

/** The codes of the query protocol, and of the JSON services. */
const codes: Record<Fault, readonly [query: string, json: string]> = {
  missing: ["MissingAuthenticationToken", "MissingAuthenticationTokenException"],
  unknown: ["InvalidClientTokenId", "UnrecognizedClientException"],
  expired: ["ExpiredToken", "ExpiredTokenException"],
  skewed: ["SignatureDoesNotMatch", "InvalidSignatureException"],
  mismatch: ["SignatureDoesNotMatch", "InvalidSignatureException"],
  incomplete: ["IncompleteSignature", "IncompleteSignatureException"],
};

/** An IAM user by an access key that the world holds. */
function userSession(world: World, accessKeyId: string): Session | null {
  for (const account of world.accounts) {
    for (const user of account.users) {
      const key = user.accessKeys.find((one) => one.accessKeyId === accessKeyId && one.status === "Active");
      if (key === undefined) continue;
      const session = signIn(world, userArn(world, account.id, user));
      return { ...session, accessKeyId, secretAccessKey: key.secretAccessKey };
    }
  }
  return null;
}

/**
 * Who is calling, told by the request's Signature Version 4.
 *
 * @throws ServiceError with the service's own code where the credentials are missing, unknown or expired, or the
 *   signature does not hold
 */
export function authenticate(
  state: EmulatorState,
  service: ServiceName,
  request: WireRequest,
  scope: CredentialScope | null,
): Session {
  const fault = (kind: Fault, text = texts[kind]): ServiceError => {
    const isQuery = service === "iam" || service === "sts";
    const [query, json] = codes[kind];
    return new ServiceError(isQuery ? query : json, text, isQuery || service === "backup" ? 403 : 400);
  };
  if (scope === null) throw fault(request.headers.authorization === undefined ? "missing" : "incomplete");
  const session = state.sessions.get(scope.accessKeyId) ?? userSession(state.world, scope.accessKeyId);
  if (session === null) throw fault("unknown");
  if ((request.headers["x-amz-security-token"] ?? null) !== session.sessionToken) throw fault("unknown");
  const allowed = { service, region: state.world.region };
  const wrong = verifySignature(request, scope, session.secretAccessKey, Date.now(), allowed);
  if (wrong !== null) throw fault(wrong.kind, wrong.text);
  if (session.expiresAt !== null && session.expiresAt <= Date.now()) throw fault("expired");
  return session;
}
