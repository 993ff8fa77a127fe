import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

/** Signs tokens for providers whose keys the world does not describe. */
export interface TokenIssuer {
  /** Its public key, as a provider would publish it. */
  jwk: Record<string, unknown>;
  /** A JSON Web Token with these claims. */
  issue(claims: Readonly<Record<string, unknown>>): string;
}

const kid = "emulator";
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** One of ES256, with a fresh key, made on first use. */
export function newTokenIssuer(): () => TokenIssuer {
  let issuer: TokenIssuer | null = null;
  return () => {
    issuer ??= made();
    return issuer;
  };
}

function made(): TokenIssuer {
  const pair = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const key = createPrivateKey(pair.privateKey);
  const head = encoded({ alg: "ES256", kid, typ: "JWT" });
  return {
    jwk: { ...createPublicKey(pair.publicKey).export({ format: "jwk" }), kid, use: "sig" },
    issue: (claims) => {
      const signed = `${head}.${encoded(claims)}`;
      const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
      return `${signed}.${signature.toString("base64url")}`;
    },
  };
}
