import type { Blocker } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import type { Change, Edit } from "./Change.js";
import type { Patient } from "./Patient.js";

/** How titles begin that ask for MFA. */
export const signInWords = "Make the call with multi-factor authentication";

/**
 * Context keys of sessions that a service or a provider of identities makes, which no MFA device is asked for; those of a
 * provider of web identities begin with its host.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const madeByOthers =
  /^(aws:federatedprovider|aws:chatbotsourcearn|[^:]*\.[^:]*:.*|aws:ec2instancesource\w+|ec2:(roledelivery|sourceinstancearn)|lambda:sourcefunctionarn|ssm:sourceinstancearn|glue:\w+|identitystore:.*|saml:.*)$/i;

/**
 * The call made with multi-factor authentication, anew where the rule asks how long ago that was; none for who cannot:
 * GetFederationToken takes no MFA device, and neither does whoever gives out sessions of IAM Identity Center's and of
 * services' roles.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 */
export function mfaChanges(
  { inquiry, holder, snapshot }: Patient,
  { layer, effect, actions }: Pick<Blocker, "layer" | "effect" | "actions">,
  keys: readonly string[],
): Change[] {
  const { kind } = inquiry.caller;
  const isGivenOut = Object.entries(snapshot.context).some(([key, value]) => value !== null && madeByOthers.test(key));
  if (kind === "federated-user" || isGivenOut || (holder !== null && holder.obstacle !== null)) return [];
  const isAged = keys.includes("aws:multifactorauthage");
  const isUsers = kind === "user" || kind === "root";
  const present: Edit = { kind: "context", key: "aws:MultiFactorAuthPresent", value: "true" };
  const fresh: Edit = { kind: "context", key: "aws:MultiFactorAuthAge", value: "0" };
  return [
    {
      fix: {
        layer,
        // Whoever makes the call, whoever owns the rule.
        owner: "account",
        title: `${signInWords}${isAged ? " given anew" : ""}, ${effect === "explicitDeny" ? `which ${inWords(actions)} are denied without` : `without which nothing allows ${inWords(actions)}`}`,
        policy: null,
        change: "other",
        statement: null,
        note: isUsers
          ? "With sts:GetSessionToken, giving the device's serial number and code."
          : "With sts:AssumeRole by a user who gives the device's serial number and code; a session that a service, a program or another provider of identities makes has none.",
      },
      edits: isAged ? [present, fresh] : [present],
      obstacle: null,
      isFallback: false,
      alsoWidens: [],
    },
  ];
}
