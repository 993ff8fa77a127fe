import { reasonOf } from "../aws/Answer.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { Reading } from "./Reading.js";

/** Reads managed policies, each once however often it is attached. */
export type ManagedPolicyReader = (arn: string, name: string | undefined, attachedTo?: string) => Promise<Policy>;

type Read = { document: string } | { unreadable: string };

/** A policy's document is that of its default version, in two calls. */
export function managedPolicyReader({ clients, reader }: Reading): ManagedPolicyReader {
  const read = new Map<string, Promise<Read>>();
  const readOnce = async (arn: string): Promise<Read> => {
    const { client, module } = await clients.iam();
    const policy = await reader.ask("iam:GetPolicy", (abortSignal) =>
      client.send(new module.GetPolicyCommand({ PolicyArn: arn }), { abortSignal }),
    );
    if (!policy.ok) return { unreadable: reasonOf(policy) };
    const versionId = policy.value.Policy?.DefaultVersionId;
    // Another version than the default one would be another policy.
    if (versionId === undefined) return { unreadable: "MalformedResponse: the answer named no default version" };
    const version = await reader.ask("iam:GetPolicyVersion", (abortSignal) =>
      client.send(new module.GetPolicyVersionCommand({ PolicyArn: arn, VersionId: versionId }), { abortSignal }),
    );
    if (!version.ok) return { unreadable: reasonOf(version) };
    const document = version.value.PolicyVersion?.Document;
    return document === undefined ? { unreadable: "the answer held no document" } : { document };
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
