import { reasonOf } from "../aws/Answer.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { Reading } from "./Reading.js";
import { readAnswer } from "./readAnswer.js";

/** Reads managed policies, each once however often it is attached. */
export type ManagedPolicyReader = (arn: string, name: string | undefined, attachedTo?: string) => Promise<Policy>;

type Read = { document: string } | { unreadable: string };

/** A policy's document is that of its default version, in two calls. */
export function managedPolicyReader(reading: Reading): ManagedPolicyReader {
  const read = new Map<string, Promise<Read>>();
  const readOnce = async (PolicyArn: string): Promise<Read> => {
    const policy = await readAnswer(reading, "iam:GetPolicy", { PolicyArn });
    if (!policy.ok) return { unreadable: reasonOf(policy) };
    const VersionId = policy.value.Policy.DefaultVersionId;
    const version = await readAnswer(reading, "iam:GetPolicyVersion", { PolicyArn, VersionId });
    return version.ok ? { document: version.value.PolicyVersion.Document } : { unreadable: reasonOf(version) };
  };
  return async (arn, name, attachedTo) => {
    const known = read.get(arn) ?? readOnce(arn);
    read.set(arn, known);
    const found = await known;
    return {
      name: name ?? arn.split("/").at(-1) ?? arn,
      arn,
      ...(attachedTo !== undefined && { attachedTo }),
      ...("document" in found ? { document: found.document } : { document: null, unreadable: found.unreadable }),
    };
  };
}
