import { isAwsOwned, lastSegment } from "../../facts/arn.js";
import { parsePolicy } from "../../policy/parsePolicy.js";
import { matchesPattern, wildcardPattern } from "../../policy/wildcard.js";
import type { LayerPolicy } from "../authorization/judge.js";
import type { Input } from "../Call.js";
import { documentOf } from "../identityPolicies.js";
import { objectOf, objectsOf, textOf, textsOf } from "../input.js";
import { organizationOf, policiesByLevel } from "../organizations.js";
import { accountOf, groupsOf } from "../principals.js";
import type { World, WorldPolicyHolder, WorldPrincipal } from "../World.js";
import { invalidInput } from "./invalidInput.js";
import type { SimulatedPrincipal } from "./simulationContext.js";

/** A policy of a simulation; its name is the SourcePolicyId. */
export interface SimulatedPolicies {
  identity: LayerPolicy[];
  /** Null: no boundary. */
  boundary: LayerPolicy | null;
  resource: LayerPolicy | null;
  /** Each level's policies, root first. */
  serviceControl: LayerPolicy[][];
  inOrganization: boolean;
}

/** What takes part in a simulation, after `PolicyExclusionList`. */
export function simulatedPolicies(
  world: World,
  principal: SimulatedPrincipal,
  holder: WorldPolicyHolder | WorldPrincipal,
  input: Input,
): SimulatedPolicies {
  const excluded = exclusions(input);
  const account = accountOf(world, principal.accountId);
  const groups = principal.kind === "user" ? groupsOf(account, holder as WorldPrincipal) : [];
  const holders = [
    { kind: principal.kind, holder },
    ...groups.map((group) => ({ kind: "group" as const, holder: group })),
  ];
  const own = holders.flatMap((one) => policiesOf(world, one.kind, one.holder, excluded));
  // What is attached to a user and to its group is listed once (aws-behaviour, simulator-positions).
  const listed = own.filter(({ arn }, index) => arn === undefined || own.findIndex((one) => one.arn === arn) === index);
  const boundaryArn = "permissionsBoundary" in holder ? holder.permissionsBoundary : undefined;
  const attachedBoundary =
    boundaryArn === undefined || excluded.types.has("permission-boundary")
      ? null
      : {
          name: lastSegment(boundaryArn),
          arn: boundaryArn,
          document: documentOf(world, boundaryArn),
        };
  return {
    identity: [...listed, ...inputPolicies(input, "PolicyInputList", "Policy")],
    boundary: givenBoundary(input) ?? attachedBoundary,
    resource: resourcePolicy(input),
    serviceControl: serviceControl(world, principal, excluded),
    inOrganization: organizationOf(world, principal.accountId) !== null,
  };
}

function policiesOf(
  world: World,
  kind: "user" | "role" | "group",
  holder: WorldPolicyHolder,
  excluded: Exclusions,
): LayerPolicy[] {
  const inline = holder.inlinePolicies
    .filter(({ name }) => !excluded.isInline(name, kind, holder.name))
    .map(({ name, document }) => ({ name: `${kind}_${holder.name}_${name}`, document }));
  const attached = holder.attachedPolicies
    .filter((arn) => !excluded.isManaged(arn))
    .map((arn) => ({ name: lastSegment(arn), arn, document: documentOf(world, arn) }));
  return [...inline, ...attached];
}

/** @throws ServiceError InvalidInput where there are two, or where it is no policy */
export function givenBoundary(input: Input): LayerPolicy | null {
  const given = inputPolicies(input, "PermissionsBoundaryPolicyInputList", "Permissions boundary policy");
  if (given.length > 1) throw invalidInput("The list of Permissions Boundary policies cannot exceed 1 items.");
  return given[0] ?? null;
}

/** @throws ServiceError InvalidInput where a given policy is no policy */
export function inputPolicies(input: Input, member: string, shown: string): LayerPolicy[] {
  return (textsOf(input, member) ?? []).map((document, index) => {
    if (parsePolicy(document, { principalRequired: false }).damage.length > 0) {
      throw invalidInput(`${shown} input list item ${index + 1} has invalid content`);
    }
    return { name: `${member}.${index + 1}`, document };
  });
}

export function resourcePolicy(input: Input): LayerPolicy | null {
  const document = textOf(input, "ResourcePolicy");
  if (document === undefined) return null;
  const parsed = parsePolicy(document, { principalRequired: true });
  // The simulator takes no resource policy for all resources (aws-behaviour, simulator-resource-policy), as every key
  // policy is one.
  const forAll = parsed.statements.some(({ resource }) => resource?.patterns.some(({ text }) => text === "*"));
  if (parsed.damage.length > 0 || forAll) {
    throw invalidInput("Resource policy has invalid content");
  }
  return { name: "ResourcePolicy", document };
}

function serviceControl(world: World, principal: SimulatedPrincipal, excluded: Exclusions): LayerPolicy[][] {
  const organization = organizationOf(world, principal.accountId);
  if (organization === null || !organization.policyTypes.serviceControl || excluded.types.has("scp")) return [];
  if (organization.managementAccountId === principal.accountId) return [];
  return policiesByLevel(world, organization, principal.accountId, "SERVICE_CONTROL_POLICY").map((level) =>
    level.filter(({ arn }) => arn === undefined || !excluded.isArn(arn)),
  );
}

interface Exclusions {
  types: ReadonlySet<string>;
  isArn: (arn: string) => boolean;
  isManaged: (arn: string) => boolean;
  isInline: (policyName: string, attachmentType: string, attachmentName: string) => boolean;
}

function exclusions(input: Input): Exclusions {
  const types = new Set<string>();
  const arns: number[][] = [];
  const inline: Input[] = [];
  for (const entry of objectsOf(input, "PolicyExclusionList") ?? []) {
    const type = textOf(entry, "PolicyType");
    const arn = textOf(entry, "PolicyArn");
    const identifier = objectOf(entry, "InlinePolicyIdentifier");
    if (type !== undefined) types.add(type);
    if (arn !== undefined) arns.push(wildcardPattern(arn));
    if (identifier === undefined) continue;
    const complete = ["PolicyName", "AttachmentType", "AttachmentName"].every((name) => textOf(identifier, name));
    if (!complete) {
      throw invalidInput(
        "Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required",
      );
    }
    if (/[*?]/.test(textOf(identifier, "PolicyName") ?? "")) {
      throw invalidInput("Invalid inline policy exclusion: policyName takes no wildcard");
    }
    inline.push(identifier);
  }
  const isArn = (arn: string) => arns.some((pattern) => matchesPattern(pattern, arn));
  return {
    types,
    isArn,
    isManaged: (arn) => types.has(isAwsOwned(arn) ? "aws-managed" : "user-managed") || isArn(withoutPath(arn)),
    isInline: (policyName, attachmentType, attachmentName) =>
      types.has("inline") ||
      inline.some(
        (one) =>
          textOf(one, "PolicyName") === policyName &&
          textOf(one, "AttachmentType")?.toLowerCase() === attachmentType &&
          matchesPattern(wildcardPattern(textOf(one, "AttachmentName") ?? ""), attachmentName),
      ),
  };
}

/**
 * A managed policy is excluded by its name: an ARN with a path excludes nothing (aws-behaviour, simulator-exclusions).
 */
function withoutPath(arn: string): string {
  return arn.replace(/:policy\/.*\//, ":policy/");
}
