import { type CallContext, lookupIn, requestContext } from "../../authorization/callContext.js";
import type { Call, Operation } from "../../Call.js";
import { requiredText } from "../../input.js";
import { noteDecision } from "../../noteDecision.js";
import { ServiceError } from "../../ServiceError.js";
import { signIn } from "../../signIn.js";
import { tagContext } from "../../tagContext.js";
import type { WorldRole } from "../../World.js";
import { oidcProviderArn } from "../iam/oidcProviders.js";
import { packedSize } from "./packedSize.js";
import { roleToAssume } from "./roleToAssume.js";
import { sessionInput, shownCredentials } from "./sessionInput.js";
import { tokenSession } from "./tokenSession.js";
import { trustsProvider } from "./trustsProvider.js";
import { notValidated, webIdentityToken } from "./webIdentityToken.js";

/**
 * No credentials are needed: the token tells who calls, and the role's trust policy decides by its provider and claims.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * @see aws-behaviour, web-identity-trust
 */
export const assumeRoleWithWebIdentity: Operation = (call) => {
  const { state, input } = call;
  const { world } = state;
  const { arn, owner, role, sessionName } = roleToAssume(call);
  const token = webIdentityToken(requiredText(input, "WebIdentityToken"), Date.now());
  const account = world.accounts.find(({ id }) => id === owner);
  const provider = account?.oidcProviders?.find(({ url }) => url === token.issuer);
  if (provider === undefined) {
    const message = `No OpenIDConnect provider found in your account for ${token.issuer}`;
    throw new ServiceError("InvalidIdentityToken", message, 400);
  }
  token.requireSignature(provider.keys ?? [state.tokenIssuer().jwk]);
  if (!provider.clientIds.includes(token.audience)) {
    if (token.claims.azp !== undefined) throw notValidated();
    throw new ServiceError("InvalidIdentityToken", "Incorrect token audience", 400);
  }
  const length = { byDefault: 3600, most: role?.maxSessionDuration ?? 3600 };
  const { inline, arns, seconds } = sessionInput(call, length);
  const providerArn = oidcProviderArn(world.partition, owner, provider);
  const { tags, transitive, sourceIdentity, roles } = tokenSession(token.claims);
  if (roles !== null && !roles.includes(arn)) throw notValidated();
  const packed = packedSize({ inline, arns, tags, more: [providerArn, token.audience, token.subject] });
  // The keys of a provider are called by its host and path.
  const host = provider.url.replace(/^https:\/\//, "");
  const said: CallContext = {
    "aws:FederatedProvider": providerArn,
    [`${host}:aud`]: token.audience,
    [`${host}:sub`]: token.subject,
    ...(sourceIdentity !== null && { "aws:SourceIdentity": sourceIdentity }),
  };
  const context: CallContext = {
    ...requestContext(call),
    ...said,
    "aws:PrincipalAccount": owner,
    "aws:PrincipalType": "User",
    "aws:userid": providerArn,
    "aws:ResourceAccount": owner,
    ...tagContext(tags),
    ...(transitive.length > 0 && { "sts:TransitiveTagKeys": transitive }),
    "sts:RoleSessionName": sessionName,
    "sts:RoleAuthorizedByIdp": String(roles !== null),
    ...(sourceIdentity !== null && { "sts:SourceIdentity": sourceIdentity }),
  };
  const needed = [
    "sts:AssumeRoleWithWebIdentity",
    ...(Object.keys(tags).length > 0 ? ["sts:TagSession"] : []),
    ...(sourceIdentity === null ? [] : ["sts:SetSourceIdentity"]),
  ];
  for (const action of needed) requireTrust(call, { action, arn, owner, role, providerArn, context });

  const made = signIn(world, arn, {
    sessionName,
    sessionTags: tags,
    ...(inline !== undefined && { sessionPolicies: [inline] }),
    context: said,
    expiration: new Date(Date.now() + seconds * 1000).toISOString(),
  });
  const transitiveTags = Object.fromEntries(Object.entries(tags).filter(([key]) => transitive.includes(key)));
  state.sessions.set(made.accessKeyId, { ...made, transitiveTags, managedSessionPolicies: arns });
  return {
    Credentials: shownCredentials(made),
    SubjectFromWebIdentityToken: token.subject,
    AssumedRoleUser: { AssumedRoleId: made.userId, Arn: made.arn },
    PackedPolicySize: packed ?? undefined,
    Provider: providerArn,
    Audience: token.audience,
    SourceIdentity: sourceIdentity ?? undefined,
  };
};

interface Asked {
  action: string;
  arn: string;
  owner: string;
  role: WorldRole | undefined;
  providerArn: string;
  context: CallContext;
}

function requireTrust(call: Call, { action, arn, owner, role, providerArn, context }: Asked): void {
  const asked = { action, resource: arn, lookup: lookupIn(context) };
  const trust = { document: role?.trustPolicy ?? null, owner };
  const decision = trustsProvider(call.state.world, trust, providerArn, asked);
  if (noteDecision(call, asked, decision).allowed) return;
  throw new ServiceError("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403);
}
