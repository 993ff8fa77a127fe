import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { firstTooDeep } from "../../../policy/firstTooDeep.js";
import { type Fields, isFields } from "../../../policy/policyFields.js";
import { ServiceError } from "../../ServiceError.js";

/** What a token says, and what remains to be checked against its issuer's keys. */
export interface WebIdentityToken {
  claims: Fields;
  issuer: string;
  subject: string;
  /** That of azp, where there is one. */
  audience: string;
  /** Throws where none of these keys signed it. */
  requireSignature(keys: readonly Fields[]): void;
}

const tolerance = 300;
/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const longestToken = 20_000;
const deepestClaim = 64;

function invalid(message: string): ServiceError {
  return new ServiceError("InvalidIdentityToken", message, 400);
}

/** What is said of a token that is well-formed but no good. */
export const notValidated = () =>
  invalid(
    "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.",
  );

/**
 * Reads a JSON Web Token and checks its times. AWS allows five minutes either way.
 *
 * @param now epoch milliseconds
 * @throws ServiceError InvalidIdentityToken, ExpiredTokenException
 * @see aws-behaviour, web-identity-token
 */
export function webIdentityToken(token: string, now: number): WebIdentityToken {
  const [head = "", body = "", signature = "", ...more] = token.length > longestToken ? [] : token.split(".", 4);
  const header = decoded(head);
  const claims = decoded(body);
  if (header === null || claims === null || signature === "" || more.length > 0) {
    throw invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
  }
  for (const name of ["iss", "sub", "aud", "iat", "exp"]) {
    if (claims[name] === undefined || claims[name] === null) throw invalid(`Missing a required claim: ${name}`);
  }
  requireTimes(claims, Math.floor(now / 1000));
  return {
    claims,
    issuer: inText(claims.iss).replace(/\/$/, ""),
    subject: inText(claims.sub),
    audience: audienceOf(claims),
    requireSignature: (keys) => {
      const key = keyFor(header, keys);
      if (key === null) {
        throw invalid(
          "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
        );
      }
      if (!isSigned(header.alg, key, `${head}.${body}`, Buffer.from(signature, "base64url"))) throw notValidated();
    },
  };
}

function decoded(part: string): Fields | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isFields(value) && firstTooDeep(value, deepestClaim) === null ? value : null;
  } catch {
    return null;
  }
}

function requireTimes({ iat, exp, nbf }: Fields, now: number): void {
  const [issued, expires, begins] = [iat, exp, nbf ?? 0].map((value) =>
    typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN,
  );
  if (![issued, expires, begins].every(Number.isInteger)) throw notValidated();
  const [earliest, latest] = [now - tolerance, now + tolerance];
  if (earliest >= (expires ?? 0)) {
    const message = `Token expired: current date/time ${earliest} must be before the expiration date/time ${expires}`;
    throw new ServiceError("ExpiredTokenException", message, 400);
  }
  if ((issued ?? 0) > latest) throw invalid(`Token issued in the future: ${issued}`);
  if ((begins ?? 0) > latest) {
    throw invalid(
      `Token not yet valid: current date/time ${latest} must be after or equal to the not-before date/time ${begins}`,
    );
  }
}

/** A claim that should be text; an object of a token may have a toString of its own. */
const inText = (claim: unknown): string => (typeof claim === "string" ? claim : JSON.stringify(claim));

function audienceOf({ aud, azp }: Fields): string {
  if (azp !== undefined && azp !== null) return inText(azp);
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audiences.length > 1) {
    throw invalid("Token audience contains more than one audience while authorized party is not present");
  }
  return inText(audiences[0] ?? "");
}

/** By its id; a token without one is taken where there is a single key. */
function keyFor({ kid }: Fields, keys: readonly Fields[]): KeyObject | null {
  const jwk = kid === undefined ? (keys.length === 1 ? keys[0] : undefined) : keys.findLast((one) => one.kid === kid);
  if (jwk === undefined || jwk.use === "enc") return null;
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return null;
  }
}

function isSigned(alg: unknown, key: KeyObject, text: string, signature: Buffer): boolean {
  const [, family, bits] = /^(RS|ES)(256|384|512)$/.exec(typeof alg === "string" ? alg : "") ?? [];
  if (key.asymmetricKeyType !== (family === "RS" ? "rsa" : family === "ES" ? "ec" : "none")) return false;
  try {
    return verify(`sha${bits}`, Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }, signature);
  } catch {
    return false;
  }
}
