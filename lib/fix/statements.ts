import { callKind } from "../facts/actions.js";
import { resourceOf } from "../question/inquiryOf.js";
import { knownKey } from "../question/KnownKey.js";
import type { Snapshot } from "../snapshot/Snapshot.js";

/** An Allow for a caller's own policy, on the resource that each action is really called on. */
export function identityStatements(snapshot: Snapshot, actions: readonly string[]): object[] {
  const byResource = new Map<string, string[]>();
  for (const action of actions) {
    const resource = resourceOf(snapshot, knownKey(snapshot), callKind(action));
    // The key behind alias/aws/backup was not read: any key of the account and Region.
    const text = typeof resource === "string" ? resource : `${resource.prefix}*`;
    byResource.set(text, [...(byResource.get(text) ?? []), action]);
  }
  return [...byResource].map(([resource, some]) => ({
    Sid: sidOf(some[0] ?? ""),
    Effect: "Allow",
    Action: single(some),
    Resource: resource,
  }));
}

function sidOf(action: string): string {
  switch (callKind(action)) {
    case "own":
      return "CreateBackupVault";
    case "storage":
      return "MountCapsule";
    case "kms":
      return "UseKeyForBackupVault";
  }
}

/** One text alone, several as a list: as people write policies. */
export function single(texts: readonly string[]): string | string[] {
  const [first, ...rest] = texts;
  return first !== undefined && rest.length === 0 ? first : [...texts];
}

/** The ARN by which a resource policy should name the caller: the role or user behind it. */
export function principalToName({ caller }: Snapshot): string {
  return caller.principalArn;
}
