import { parsePrincipalArn } from "../facts/arn.js";
import { temporaryKeys } from "../facts/conditionKeys.js";
import { serviceLinkedPath, uniqueId } from "../facts/names.js";
import type { RequestPrincipal } from "../policy/RequestPrincipal.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

/** Who makes the call, as policies and sentences see it. */
export interface KnownCaller {
  principal: RequestPrincipal;
  kind: Exclude<RequestPrincipal["kind"], "service">;
  /** The user's, role's or federated user's name; "root". */
  name: string;
  /** What a person calls it: "role Deployer", "user Alice", "root of 444455556666". */
  told: string;
  /** Whose policies apply: the same, save for a federated user, to whom the issuing user's apply. */
  policyHolder: string;
  /** A session of a role (known or not) or of a federated user. */
  isSession: boolean;
  /** The call is made with temporary credentials. */
  isTemporary: boolean;
  /** Neither service control nor resource control policies touch it. */
  isServiceLinked: boolean;
}

/**
 * The snapshot's caller. Temporary credentials: always of a session; of an IAM user or root only where the context
 * shows it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html (service-linked roles)
 */
export function knownCaller({
  caller,
  request,
  context,
}: Pick<Snapshot, "caller" | "request" | "context">): KnownCaller {
  const parsed = parsePrincipalArn(caller.arn);
  const behind = caller.principalArn === caller.arn ? parsed : parsePrincipalArn(caller.principalArn);
  // parseSnapshot accepts no other ARNs.
  const kind = parsed?.kind ?? "user";
  const accountId = parsed?.accountId ?? request.accountId;
  const isSession = kind === "role-session" || kind === "role" || kind === "federated-user";
  const id = kind === "root" ? undefined : caller.userId?.split(":")[0];
  const issuer = caller.issuerArn === undefined ? null : parsePrincipalArn(caller.issuerArn);
  const told =
    behind === null
      ? caller.principalArn
      : behind.kind === "root"
        ? `root of ${behind.accountId}`
        : `${behind.kind === "federated-user" ? "federated user" : behind.kind} ${behind.name}`;
  return {
    principal: {
      kind,
      arn: caller.arn,
      accountId,
      ...(kind === "role-session" && { roleArn: caller.principalArn }),
      ...(kind === "federated-user" && { issuerArn: caller.issuerArn ?? null }),
      ...(id !== undefined && uniqueId.test(id) && { uniqueId: id }),
    },
    kind,
    name: parsed?.name ?? "",
    told,
    policyHolder:
      kind !== "federated-user" ? told : issuer === null ? `the user who issued ${told}` : `user ${issuer.name}`,
    isSession,
    isTemporary:
      isSession ||
      Object.entries(context).some(([key, value]) => value !== null && temporaryKeys.has(key.toLowerCase())),
    isServiceLinked: behind?.kind === "role" && serviceLinkedPath.test(behind.path),
  };
}
