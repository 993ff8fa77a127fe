import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { rootArn } from "../../../facts/arn.js";
import { grantableOperations } from "../../../facts/kms.js";
import { arnOf } from "../../arnOf.js";
import type { CallContext } from "../../authorization/callContext.js";
import { grantIssuer } from "../../authorization/keyPaths.js";
import type { Call, Operation, Output } from "../../Call.js";
import { thisResource } from "../../denialMessage.js";
import { objectOf, requiredText, textMapOf, textOf, textsOf } from "../../input.js";
import { keyByArn } from "../../keys.js";
import { limitedPage } from "../../limitedPage.js";
import { newHexId } from "../../newId.js";
import { isPrincipal } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldGrant, WorldKey } from "../../World.js";
import { allowedKey, endDryRun, requireUsable } from "./allowedKey.js";
import { encryptionContextKeys } from "./encryptionContext.js";
import { creationDate } from "./keyMetadata.js";

function constraintsOf({ input }: Call): WorldGrant["constraints"] {
  const given = objectOf(input, "Constraints");
  if (given === undefined) return undefined;
  const equals = textMapOf(given, "EncryptionContextEquals");
  const subset = textMapOf(given, "EncryptionContextSubset");
  return {
    ...(Object.keys(equals).length > 0 && { encryptionContextEquals: equals }),
    ...(Object.keys(subset).length > 0 && { encryptionContextSubset: subset }),
  };
}

const CreateGrant: Operation = (call) => {
  const { input, session, state } = call;
  const granteePrincipal = requiredText(input, "GranteePrincipal", "ValidationException");
  const retiringPrincipal = textOf(input, "RetiringPrincipal");
  const operations = textsOf(input, "Operations") ?? [];
  const constraints = constraintsOf(call);
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = constraints ?? {};
  const type = equals !== undefined ? "EncryptionContextEquals" : "EncryptionContextSubset";
  const context: CallContext = {
    "kms:GranteePrincipal": granteePrincipal,
    ...(retiringPrincipal !== undefined && { "kms:RetiringPrincipal": retiringPrincipal }),
    ...(operations.length > 0 && { "kms:GrantOperations": operations }),
    ...((equals ?? subset) !== undefined && { "kms:GrantConstraintType": type }),
    ...encryptionContextKeys({ ...subset, ...equals }),
  };
  const key = allowedKey(call, { crossAccount: true, context });
  if (operations.length === 0) {
    throw new ServiceError(
      "ValidationException",
      "1 validation error detected: Value null at 'operations' failed to satisfy constraint: Member must not be null",
    );
  }
  const unknown = operations.find((operation) => !grantableOperations.has(operation));
  if (unknown !== undefined) {
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '[${operations.join(", ")}]' at 'operations' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${[...grantableOperations].join(", ")}]]`,
    );
  }
  for (const principal of [granteePrincipal, retiringPrincipal ?? "*"]) {
    if (!isPrincipal(state.world, principal)) {
      throw new ServiceError("InvalidArnException", "ARN does not refer to a valid principal");
    }
  }
  requireUsable(key, "kms:CreateGrant");
  endDryRun(call);
  const name = textOf(input, "Name");
  const grant: WorldGrant = {
    grantId: newHexId("", 64),
    granteePrincipal,
    operations,
    issuingAccount: rootArn(state.world.partition, session.accountId),
    ...(retiringPrincipal !== undefined && { retiringPrincipal }),
    ...(constraints !== undefined && { constraints }),
    ...(name !== undefined && { name }),
  };
  // The name makes a repeated call the same call (aws-behaviour, grants-create).
  const same = key.grants.find(
    (one) => name !== undefined && isDeepStrictEqual({ ...grant, grantId: one.grantId }, one),
  );
  if (same !== undefined) return { GrantId: same.grantId, GrantToken: grantToken(key, same) };
  key.grants.push(grant);
  return { GrantId: grant.grantId, GrantToken: grantToken(key, grant) };
};

/** Opaque to callers: which grant it stands for. */
function grantToken(key: WorldKey, grant: WorldGrant): string {
  return Buffer.from(JSON.stringify([key.arn, grant.grantId, randomBytes(8).toString("hex")])).toString("base64");
}

function grantIn(key: WorldKey, id: string): WorldGrant {
  const grant = key.grants.find(({ grantId }) => grantId === id);
  if (grant !== undefined) return grant;
  throw new ServiceError("NotFoundException", `Grant ID ${id} not found`);
}

/**
 * Who may retire is told by the grant: its retiring principal, its grantee where it may RetireGrant, and the account
 * that issued it. A policy alone allows nobody, but its denials count.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
const RetireGrant: Operation = (call) => {
  const { session } = call;
  const { key, grant } = retired(call);
  const owner = arnOf(key.arn).accountId;
  const isCaller = (principal: string | undefined) => principal === session.arn || principal === session.principalArn;
  const issuer = grantIssuer(grant, owner);
  const isForeign = owner !== session.accountId;
  const isNamed =
    isCaller(grant.retiringPrincipal) || (isCaller(grant.granteePrincipal) && grant.operations.includes("RetireGrant"));
  if (!session.isAuditor && !isNamed && issuer !== session.accountId) {
    throw new ServiceError(
      "AccessDeniedException",
      `User: ${session.arn} is not authorized to perform: kms:RetireGrant on ${isForeign ? thisResource : `resource: ${key.arn}`}`,
    );
  }
  try {
    requireAllowed(call, {
      action: "kms:RetireGrant",
      resource: key.arn,
      ...(isForeign && { shownResource: thisResource }),
      resourceAccount: owner,
      key,
      context: {
        "kms:CallerAccount": session.accountId,
        ...encryptionContextKeys({
          ...grant.constraints?.encryptionContextSubset,
          ...grant.constraints?.encryptionContextEquals,
        }),
      },
    });
  } catch (error) {
    // Whom the grant names needs no policy in the key's account, but across accounts (captured), as does whoever else.
    if (!isNamed || isForeign || (error instanceof ServiceError && error.message.includes("explicit deny")))
      throw error;
  }
  endDryRun(call);
  key.grants.splice(key.grants.indexOf(grant), 1);
  return {};
};

function retired({ state, input }: Call): { key: WorldKey; grant: WorldGrant } {
  const token = textOf(input, "GrantToken");
  let arn = textOf(input, "KeyId");
  let id = textOf(input, "GrantId");
  if (token !== undefined) [arn, id] = tokenParts(token);
  else if (arn === undefined || id === undefined) {
    throw new ServiceError("ValidationException", "You must specify either a grant token, or a key ID and a grant ID.");
  }
  if (arn === undefined || !arn.startsWith("arn:")) {
    throw new ServiceError("NotFoundException", `Invalid arn ${arn ?? ""}`);
  }
  const key = keyByArn(state.world, arn);
  if (key === null) throw new ServiceError("NotFoundException", `Key '${arn}' does not exist`);
  return { key, grant: grantIn(key, id ?? "") };
}

/** @throws ServiceError InvalidGrantTokenException */
function tokenParts(token: string): [string, string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, "base64").toString("utf8"));
    if (Array.isArray(parts) && typeof parts[0] === "string" && typeof parts[1] === "string")
      return [parts[0], parts[1]];
  } catch {
    // Falls through to the error below.
  }
  throw new ServiceError("InvalidGrantTokenException", "The grant token is not valid.");
}

const RevokeGrant: Operation = (call) => {
  const key = allowedKey(call, { crossAccount: true });
  const grant = grantIn(key, requiredText(call.input, "GrantId", "ValidationException"));
  endDryRun(call);
  key.grants.splice(key.grants.indexOf(grant), 1);
  return {};
};

const ListGrants: Operation = (call) => {
  const key = allowedKey(call, { crossAccount: true });
  const grantee = textOf(call.input, "GranteePrincipal");
  const id = textOf(call.input, "GrantId");
  const wanted = key.grants.filter(
    ({ grantId, granteePrincipal }) =>
      (grantee === undefined || grantee === granteePrincipal) && (id === undefined || id === grantId),
  );
  const { items, ...rest } = limitedPage(call, wanted, 50);
  return { Grants: items.map((grant) => shownGrant(key, grant)), ...rest };
};

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html */
const ListRetirableGrants: Operation = (call) => {
  const { state, input, region } = call;
  const principal = requiredText(input, "RetiringPrincipal", "ValidationException");
  requireAllowed(call, { action: "kms:ListRetirableGrants", resource: "*" });
  const wanted = state.world.accounts
    .flatMap(({ keys }) => keys.filter(({ arn }) => arnOf(arn).region === region))
    .flatMap((key) => key.grants.map((grant) => ({ key, grant })))
    .filter(({ grant }) => grant.retiringPrincipal === principal);
  const { items, ...rest } = limitedPage(call, wanted, 50);
  return { Grants: items.map(({ key, grant }) => shownGrant(key, grant)), ...rest };
};

function shownGrant(key: WorldKey, grant: WorldGrant): Output {
  const { encryptionContextEquals, encryptionContextSubset } = grant.constraints ?? {};
  const { partition, accountId } = arnOf(key.arn);
  const constrained = encryptionContextEquals !== undefined || encryptionContextSubset !== undefined;
  return {
    KeyId: key.arn,
    GrantId: grant.grantId,
    Name: grant.name ?? "",
    CreationDate: creationDate,
    GranteePrincipal: grant.granteePrincipal,
    RetiringPrincipal: grant.retiringPrincipal,
    IssuingAccount: grant.issuingAccount ?? rootArn(partition, accountId),
    Operations: grant.operations,
    Constraints: constrained
      ? { EncryptionContextEquals: encryptionContextEquals, EncryptionContextSubset: encryptionContextSubset }
      : undefined,
  };
}

export const grantOperations: Record<string, Operation> = {
  CreateGrant,
  RetireGrant,
  RevokeGrant,
  ListGrants,
  ListRetirableGrants,
};
