import type { Session } from "./Session.js";

/** What credentials carry beside who they are: nothing, from now on and for ever. */
export function bareSession() {
  return {
    issuerArn: null,
    sessionPolicies: [],
    managedSessionPolicies: [],
    sessionTags: {},
    transitiveTags: {},
    vpcEndpoint: null,
    context: {},
    issuedAt: Date.now(),
    expiresAt: null,
    isAuditor: false,
  } satisfies Partial<Session>;
}
