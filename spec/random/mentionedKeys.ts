import type { Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { listOf } from "../oracle/listOf.js";
import type { PolicyDocument } from "../oracle/PolicyDocument.js";
import { readDocument } from "../oracle/readDocument.js";

/** The documents of all policies that a snapshot holds. */
export function documentsIn({ policies, key }: Snapshot): PolicyDocument[] {
  const { identity, permissionsBoundary, session, serviceControl, resourceControl, vpcEndpoint } = policies;
  const all: Policy[] = [
    ...(identity.status === "read" ? identity.value : []),
    ...(permissionsBoundary.status === "read" ? [permissionsBoundary.value] : []),
    ...(session.status === "read" ? session.value : []),
    ...(serviceControl.status === "read" ? serviceControl.value.flatMap((target) => target.policies) : []),
    ...(resourceControl.status === "read" ? resourceControl.value.flatMap((target) => target.policies) : []),
    ...(vpcEndpoint.status === "read" ? [vpcEndpoint.value] : []),
    ...(key.status === "read" && key.value.policy.status === "read" ? [key.value.policy.value] : []),
  ];
  return all.map(({ document }) => readDocument(document).document);
}

/** The condition keys that the policies and the grants test or put into variables, in lower case, with their operands. */
export function mentionedKeys(snapshot: Snapshot): Map<string, string[]> {
  const mentioned = new Map<string, string[]>();
  const mention = (key: string, operands: string[]) => {
    const name = key.toLowerCase();
    mentioned.set(name, [...(mentioned.get(name) ?? []), ...operands]);
  };
  for (const document of documentsIn(snapshot)) {
    for (const { Condition } of listOf(document.Statement)) {
      for (const keys of Object.values(Condition ?? {})) {
        for (const [key, values] of Object.entries(keys)) mention(key, listOf(values).map(String));
      }
    }
    for (const [, key = ""] of JSON.stringify(document).matchAll(/\$\{([a-zA-Z][^},]*)/g)) mention(key.trim(), []);
  }
  const { key } = snapshot;
  for (const { constraints } of key.status === "read" && key.value.grants.status === "read"
    ? key.value.grants.value
    : []) {
    const { encryptionContextSubset = {}, encryptionContextEquals = {} } = constraints ?? {};
    for (const [name, value] of Object.entries({ ...encryptionContextSubset, ...encryptionContextEquals })) {
      mention("kms:EncryptionContextKeys", [name]);
      mention(`kms:EncryptionContext:${name}`, [value]);
    }
  }
  return mentioned;
}
