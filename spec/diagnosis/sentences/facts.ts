import type { Evidence } from "../../../lib/snapshot/Evidence.js";
import type { Policy, Snapshot } from "../../../lib/snapshot/Snapshot.js";
import type { Layer } from "../../oracle/Layer.js";
import { listOf } from "../../oracle/listOf.js";
import type { PolicyStatement } from "../../oracle/PolicyDocument.js";
import { readDocument } from "../../oracle/readDocument.js";
import { matches } from "../../oracle/wildcard.js";

/** What a sentence may call each layer. */
export const layersByName: Record<string, Layer> = {
  "identity policy": "identity-policy",
  "permissions boundary": "permissions-boundary",
  "session policy": "session-policy",
  "service control policy": "service-control-policy",
  "resource control policy": "resource-control-policy",
  "key policy": "key-policy",
  key: "key-state",
  "VPC endpoint policy": "vpc-endpoint-policy",
};

/** The names above, the longer first, as one part of a pattern. */
export const someLayer = `(${Object.keys(layersByName).join("|")})`;
/** A list of actions: "a", "a and b", "a, b and c". */
export const someActions = "([\\w-]+:[\\w*]+(?:, [\\w-]+:[\\w*]+)*(?: and [\\w-]+:[\\w*]+)?)";

export function listed(text: string): string[] {
  return text.split(/, | and /);
}

export interface PolicyHere {
  policy: Policy;
  target: { id: string; name: string | null } | null;
}

/** The policies of a layer that a snapshot holds, and where they stand; null where the layer was not read. */
export function policiesHere(snapshot: Snapshot, layer: Layer): PolicyHere[] | null {
  const { policies } = snapshot;
  const flat = (evidence: Evidence<Policy[]>) =>
    evidence.status === "read" ? evidence.value.map((policy) => ({ policy, target: null })) : none(evidence);
  const one = (evidence: Evidence<Policy>) =>
    evidence.status === "read" ? [{ policy: evidence.value, target: null }] : none(evidence);
  const none = ({ status }: { status: string }) => (status === "none" ? [] : null);
  switch (layer) {
    case "identity-policy":
      return flat(policies.identity);
    case "session-policy":
      return flat(policies.session);
    case "permissions-boundary":
      return one(policies.permissionsBoundary);
    case "vpc-endpoint-policy":
      return one(policies.vpcEndpoint);
    case "service-control-policy":
    case "resource-control-policy": {
      const evidence = layer === "service-control-policy" ? policies.serviceControl : policies.resourceControl;
      if (evidence.status !== "read") return none(evidence);
      return evidence.value.flatMap(({ id, name, policies: own }) =>
        own.map((policy) => ({ policy, target: { id, name: name ?? null } })),
      );
    }
    case "key-policy":
      return snapshot.key.status === "read" ? one(snapshot.key.value.policy) : none(snapshot.key);
    case "key-state":
      return snapshot.key.status === "read" && snapshot.key.value.state !== null ? [] : none(snapshot.key);
  }
}

/** Whether some of a layer was not read, or is damaged. */
export function isNotWhole(snapshot: Snapshot, layer: Layer): boolean {
  const here = policiesHere(snapshot, layer);
  const { serviceControl, resourceControl } = snapshot.policies;
  const targets = [serviceControl, resourceControl].flatMap((one) => (one.status === "read" ? one.value : []));
  return (
    here === null ||
    here.some(({ policy }) => !readDocument(policy.document, saysWhom(layer)).isWhole) ||
    targets.some(({ unreadable }) => unreadable !== undefined)
  );
}

/** Whether the policies of a layer say whom they are about. */
export function saysWhom(layer: Layer): boolean {
  return layer === "key-policy" || layer === "resource-control-policy" || layer === "vpc-endpoint-policy";
}

/** Why things could not be read, in the snapshot's own words. */
export function refusals(snapshot: Snapshot): string[] {
  const found: string[] = [];
  JSON.stringify(snapshot, (key, value: unknown) => {
    if ((key === "reason" || key === "unreadable") && typeof value === "string") found.push(value);
    return value;
  });
  return found;
}

/** What a policy is called: its name, or without one what its ARN ends with, its id, or what it is attached to. */
export function isCalled({ name, arn, id, attachedTo }: Policy, said: string): boolean {
  if (name !== "") return name === said;
  return [arn?.split(/[/:]/).at(-1), id, attachedTo].includes(said);
}

/** All that AWS said, besides policies. */
export function wordsOfAws({ denial, cloudTrail, simulation }: Snapshot): string {
  return JSON.stringify([denial, cloudTrail, simulation]);
}

export function statementsIn(policy: Policy): PolicyStatement[] {
  if (policy.document === null) return [];
  const whole = readDocument(policy.document);
  return listOf(whole.document.Statement);
}

export function concerns({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const isListed = listOf(Action ?? NotAction).some((pattern) => matches(pattern, action, "i"));
  return NotAction === undefined ? isListed : !isListed;
}

/** An Allow that nothing narrows. */
export function plainlyAllows(statement: PolicyStatement, action: string): boolean {
  const { Effect, Resource, NotResource, Condition } = statement;
  const isAnywhere = NotResource === undefined && listOf(Resource).includes("*");
  return Effect === "Allow" && isAnywhere && Condition === undefined && concerns(statement, action);
}

/** What a person calls the caller, and whose policies apply to it. */
export function whoCalls({ caller, request }: Snapshot): { told: string; holder: string } {
  const [, , , , account = request.accountId, path = ""] = caller.principalArn.split(":");
  const name = path.split("/").at(-1) ?? "";
  if (!/^arn:[^:]+:iam::\d+:(user|role)\/|:root$|:sts::\d+:federated-user\//.test(caller.principalArn)) {
    return { told: caller.principalArn, holder: caller.principalArn };
  }
  if (path === "root") return { told: `root of ${account}`, holder: `root of ${account}` };
  if (!path.startsWith("federated-user/")) {
    const told = `${path.split("/")[0]} ${name}`;
    return { told, holder: told };
  }
  const told = `federated user ${name}`;
  const issuer = caller.issuerArn?.split("/").at(-1);
  return { told, holder: issuer === undefined ? `the user who issued ${told}` : `user ${issuer}` };
}
