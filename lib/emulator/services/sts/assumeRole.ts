import { rootArn } from "../../../facts/arn.js";
import type { CallContext } from "../../authorization/callContext.js";
import type { Call, Operation } from "../../Call.js";
import { textOf, textsOf } from "../../input.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { signIn } from "../../signIn.js";
import { tagContext } from "../../tagContext.js";
import { packedSize } from "./packedSize.js";
import { roleToAssume } from "./roleToAssume.js";
import { sessionInput, shownCredentials } from "./sessionInput.js";

/**
 * The role's trust policy must let the caller in; where it only delegates to the account, and across accounts, the
 * caller's own policies must, too.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole: Operation = (call) => {
  const { state, input } = call;
  const { world } = state;
  const { arn, owner, role, sessionName } = roleToAssume(call);
  const tags = sessionInput(call, { byDefault: 3600, most: role?.maxSessionDuration ?? 3600 });
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
  if (call.session.kind === "role-session" && tags.seconds > 3600) {
    throw new ServiceError(
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
  const transitive = transitiveTags(call, tags.tags);
  const packed = packedSize(tags);
  const sourceIdentity = textOf(input, "SourceIdentity");
  const externalId = textOf(input, "ExternalId");
  const context: CallContext = {
    ...tagContext(tags.tags),
    ...(transitive.keys.length > 0 && { "sts:TransitiveTagKeys": transitive.keys }),
    "sts:RoleSessionName": sessionName,
    ...(sourceIdentity !== undefined && { "sts:SourceIdentity": sourceIdentity }),
    ...(externalId !== undefined && { "sts:ExternalId": externalId }),
  };
  const delegated = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow" as const,
        Principal: { AWS: rootArn(world.partition, owner) },
        Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      },
    ],
  };
  const trust = { document: role === undefined ? null : (role.trustPolicy ?? delegated), owner };
  const needed = [
    "sts:AssumeRole",
    ...(Object.keys(tags.tags).length > 0 ? ["sts:TagSession"] : []),
    ...(sourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  for (const action of needed) requireAllowed(call, { action, resource: arn, resourceAccount: owner, trust, context });
  if (role === undefined) {
    // Whoever may do everything still cannot become who is not there.
    throw new ServiceError(
      "AccessDenied",
      `User: ${call.session.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      403,
    );
  }
  const made = signIn(world, arn, {
    sessionName,
    sessionTags: { ...tags.tags, ...call.session.transitiveTags },
    ...(tags.inline !== undefined && { sessionPolicies: [tags.inline] }),
    ...(sourceIdentity !== undefined && { context: { "aws:SourceIdentity": sourceIdentity } }),
    expiration: new Date(Date.now() + tags.seconds * 1000).toISOString(),
  });
  const session = { ...made, transitiveTags: transitive.tags, managedSessionPolicies: tags.arns };
  state.sessions.set(session.accessKeyId, session);
  return {
    Credentials: shownCredentials(session),
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    PackedPolicySize: packed ?? undefined,
    SourceIdentity: sourceIdentity,
  };
};

/**
 * The session tags that go along through role chaining: those of the calling session, and those that the call names.
 *
 * @throws ServiceError InvalidParameterValue
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
function transitiveTags({ session, input }: Call, tags: Record<string, string>) {
  const keys = textsOf(input, "TransitiveTagKeys") ?? [];
  const inherited = new Set(Object.keys(session.transitiveTags).map((key) => key.toLowerCase()));
  if ([...keys, ...Object.keys(tags)].some((key) => inherited.has(key.toLowerCase()))) {
    throw new ServiceError(
      "InvalidParameterValue",
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  if (keys.some((key) => !Object.hasOwn(tags, key))) {
    throw new ServiceError(
      "InvalidParameterValue",
      "The specified transitive tag key must be included in the requested tags.",
    );
  }
  const named = Object.fromEntries(Object.entries(tags).filter(([key]) => keys.includes(key)));
  return { keys, tags: { ...session.transitiveTags, ...named } };
}
