import { randomBytes } from "node:crypto";
import { parsePrincipalArn } from "../facts/arn.js";
import { bareSession } from "./bareSession.js";
import { derivedId } from "./derivedId.js";
import { accountOf, byName, holderId, roleArn, userArn } from "./principals.js";
import type { Session } from "./Session.js";
import type { SessionOptions, World } from "./World.js";

/**
 * Makes credentials for a user, role, role session, federated user or root of the world.
 *
 * @throws RangeError where the ARN names nobody that could hold credentials, or its account is not in the world
 */
export function signIn(world: World, arn: string, options: SessionOptions = {}): Session {
  const parsed = parsePrincipalArn(arn);
  if (parsed === null) {
    throw new RangeError(
      `Not a principal: ${arn}. Expected the ARN of a user, role, role session, federated user or root.`,
    );
  }
  const { accountId, kind, name } = parsed;
  const account = accountOf(world, accountId);
  const isTemporary =
    options.temporary === true || kind === "role" || kind === "role-session" || kind === "federated-user";
  const base = {
    ...bareSession(),
    ...newKeys(isTemporary),
    accountId,
    principalName: name,
    sessionPolicies: options.sessionPolicies ?? [],
    sessionTags: options.sessionTags ?? {},
    vpcEndpoint: options.vpcEndpoint ?? null,
    context: options.context ?? {},
    expiresAt: options.expiration === undefined ? null : Date.parse(options.expiration),
  };
  switch (kind) {
    case "root":
      return { ...base, kind, arn, principalArn: arn, userId: accountId };
    case "federated-user": {
      const issuerArn = options.issuerArn ?? null;
      return { ...base, kind, arn, principalArn: arn, userId: `${accountId}:${name}`, issuerArn };
    }
    case "user": {
      const user = byName(account.users, name);
      const own = user === undefined ? arn : userArn(world, accountId, user);
      const userId = user === undefined ? derivedId("AIDA", arn) : holderId("AIDA", own, user);
      return { ...base, kind, arn: own, principalArn: own, userId };
    }
    case "role":
    case "role-session": {
      const role = byName(account.roles, name);
      const session = parsed.sessionName ?? options.sessionName ?? "session";
      const own =
        role === undefined ? `arn:${world.partition}:iam::${accountId}:role/${name}` : roleArn(world, accountId, role);
      const id = role === undefined ? derivedId("AROA", own) : holderId("AROA", own, role);
      return {
        ...base,
        kind: "role-session",
        arn: `arn:${world.partition}:sts::${accountId}:assumed-role/${role?.name ?? name}/${session}`,
        principalArn: own,
        userId: `${id}:${session}`,
      };
    }
  }
}

/** Whoever may read everything everywhere, in an account. */
export function auditorSession(world: World, accountId: string): Session {
  const name = "EvidenceAuditor";
  return {
    ...bareSession(),
    ...newKeys(true),
    kind: "role-session",
    arn: `arn:${world.partition}:sts::${accountId}:assumed-role/${name}/audit`,
    principalArn: `arn:${world.partition}:iam::${accountId}:role/${name}`,
    accountId,
    principalName: name,
    userId: `${derivedId("AROA", `${accountId}/${name}`)}:audit`,
    isAuditor: true,
  };
}

function newKeys(temporary: boolean) {
  const letters = randomBytes(10).toString("hex").toUpperCase().slice(0, 16);
  return {
    accessKeyId: `${temporary ? "ASIA" : "AKIA"}${letters}`,
    secretAccessKey: randomBytes(30).toString("base64"),
    sessionToken: temporary ? randomBytes(64).toString("base64") : null,
  };
}
