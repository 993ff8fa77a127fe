import type { PolicyDocument } from "./PolicyDocument.js";
import { policiesSay } from "./policiesSay.js";
import { principalOf } from "./principalOf.js";
import type { Question } from "./Question.js";
import { resourcePolicyForms } from "./resourcePolicyForms.js";
import { silentBlockers } from "./silentBlockers.js";

type Decision = "Allowed" | "ExplicitlyDenied" | "ImplicitlyDenied";

/** A worked example of AWS's documentation: any action of any service, every layer that the example speaks of. */
export interface DocumentationCase {
  id: string;
  name: string;
  url: string;
  expected: Decision;
  request: {
    action: string;
    resource: string;
    resourceAccount: string;
    principal: string;
    context: Record<string, string | string[]>;
  };
  identityPolicies: PolicyDocument[];
  boundary: PolicyDocument | null;
  sessionPolicies: PolicyDocument[];
  scps: { policies: PolicyDocument[] }[];
  rcps: { policies: PolicyDocument[] }[];
  resourcePolicy: PolicyDocument | null;
  endpointPolicies: PolicyDocument[];
}

/** Puts the example together from the oracle's parts. Of all services only KMS needs its resource policy's consent. */
export function decideCase(example: DocumentationCase): Decision {
  const { request, boundary, resourcePolicy } = example;
  const context = Object.entries(request.context);
  const arn = request.principal;
  const principal = principalOf(
    {
      arn,
      principalArn: arn.replace(":sts:", ":iam:").replace(/:assumed-role\/([^/]+)\/.*$/, ":role/$1"),
      issuerArn: arn.replace(":sts:", ":iam:").replace(":federated-user/", ":user/"),
      tags: { status: "none" },
    },
    boundary !== null,
  );
  const question: Question = {
    action: request.action,
    resource: request.resource,
    principal,
    contextValue: (name) => context.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? null,
    undocumented: (fact) => {
      throw new Error(`AWS does not document: ${fact}`);
    },
  };
  const say = (documents: PolicyDocument[]) => policiesSay(documents, question);

  const identity = say(example.identityPolicies);
  const limit = boundary === null ? "allow" : say([boundary]);
  const session = example.sessionPolicies.length === 0 ? "allow" : say(example.sessionPolicies);
  const endpoint = example.endpointPolicies.length === 0 ? "allow" : say(example.endpointPolicies);
  const levels = example.scps.map(({ policies }) => say(policies));
  const resourceControl = example.rcps.map(({ policies }) => say(policies));
  const resource = resourcePolicy === null ? "silence" : say([resourcePolicy]);
  if ([identity, limit, session, endpoint, resource, ...levels, ...resourceControl].includes("deny")) {
    return "ExplicitlyDenied";
  }

  const sameAccount = request.resourceAccount === principal.accountId;
  const isInTheAccountsHands = sameAccount && !request.action.startsWith("kms:");
  const silent = silentBlockers({
    sameAccount,
    forms: [
      ...(resourcePolicy === null ? [] : resourcePolicyForms(resourcePolicy, question)),
      ...(isInTheAccountsHands ? (["account"] as const) : []),
    ],
    grantedByCallersAccount: false,
    identityAllows: identity === "allow",
    boundaryAllows: limit === "allow",
    sessionAllows: session === "allow",
    limitsHoldForAnyone: () => question.undocumented("limits-hold-for-anyone"),
  });
  return silent.length > 0 || levels.includes("silence") || endpoint === "silence" ? "ImplicitlyDenied" : "Allowed";
}
