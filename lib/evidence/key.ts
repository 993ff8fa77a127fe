import { type Answer, reasonOf } from "../aws/Answer.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Grant, Key, Policy } from "../snapshot/Snapshot.js";
import { fromAnswer } from "./fromAnswer.js";
import { tagRecord } from "./principal.js";
import { allPages, type Reading } from "./Reading.js";

/** What KMS tells of the key, apart from the organization of its owner. */
export type KeyEvidence = Evidence<Omit<Key, "organization">>;

/**
 * Reads the key: metadata, key policy, grants, aliases and tags, side by side where its ARN is given. For
 * alias/aws/backup the metadata comes first, since the other calls take no alias.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export async function key(reading: Reading, encryptionKeyArn: string | null): Promise<KeyEvidence> {
  if (encryptionKeyArn !== null && !/:alias\//.test(encryptionKeyArn)) {
    const [metadata, rest] = await Promise.all([
      describe(reading, encryptionKeyArn),
      details(reading, encryptionKeyArn),
    ]);
    if (!metadata.ok && isMissing(metadata)) return { status: "none" };
    const isNothingRead = rest.policy.status !== "read" && rest.grants.status === "unreadable";
    if (!metadata.ok && isNothingRead) return { status: "unreadable", reason: reasonOf(metadata) };
    return { status: "read", value: assembled(encryptionKeyArn, metadata, rest) };
  }
  const metadata = await describe(reading, encryptionKeyArn ?? "alias/aws/backup");
  if (!metadata.ok) {
    return isMissing(metadata) ? { status: "none" } : { status: "unreadable", reason: reasonOf(metadata) };
  }
  const arn = metadata.value.Arn;
  if (arn === undefined) return { status: "unreadable", reason: "MalformedResponse: the answer held no key ARN" };
  return { status: "read", value: assembled(arn, metadata, await details(reading, arn)) };
}

function isMissing({ name }: { name: string }): boolean {
  return name === "NotFoundException";
}

interface Metadata {
  Arn?: string | undefined;
  KeyState?: string | undefined;
  KeyManager?: string | undefined;
  KeySpec?: string | undefined;
  KeyUsage?: string | undefined;
  Origin?: string | undefined;
  MultiRegion?: boolean | undefined;
  MultiRegionConfiguration?: { MultiRegionKeyType?: string | undefined } | undefined;
}

async function describe({ clients, reader }: Reading, KeyId: string): Promise<Answer<Metadata>> {
  const { client, module } = await clients.kms();
  const answer = await reader.ask("kms:DescribeKey", (abortSignal) =>
    client.send(new module.DescribeKeyCommand({ KeyId }), { abortSignal }),
  );
  if (!answer.ok) return answer;
  const metadata = answer.value.KeyMetadata;
  return metadata === undefined
    ? { ok: false, name: "MalformedResponse", message: "the answer held no metadata", why: "failed" }
    : { ok: true, value: metadata };
}

interface Details {
  policy: Evidence<Policy>;
  grants: Evidence<Grant[]>;
  aliases: Evidence<string[]>;
  tags: Evidence<Record<string, string>>;
}

async function details(reading: Reading, arn: string): Promise<Details> {
  const [policy, grants, aliases, tags] = await Promise.all([
    keyPolicy(reading, arn),
    keyGrants(reading, arn),
    keyAliases(reading, arn),
    keyTags(reading, arn),
  ]);
  return { policy, grants, aliases, tags };
}

async function keyPolicy({ clients, reader }: Reading, KeyId: string): Promise<Evidence<Policy>> {
  const { client, module } = await clients.kms();
  const answer = await reader.ask("kms:GetKeyPolicy", (abortSignal) =>
    client.send(new module.GetKeyPolicyCommand({ KeyId, PolicyName: "default" }), { abortSignal }),
  );
  // Of a key that is described: it has no policy of this name.
  if (!answer.ok && isMissing(answer)) return { status: "none" };
  const document = answer.ok ? answer.value.Policy : undefined;
  if (answer.ok && document === undefined) return { status: "unreadable", reason: "MalformedResponse: no policy came" };
  return fromAnswer(answer, () => ({ name: "default", document: document ?? null }));
}

async function keyGrants({ clients, reader }: Reading, KeyId: string): Promise<Evidence<Grant[]>> {
  const { client, module } = await clients.kms();
  const answer = await allPages(
    (Marker) =>
      reader.ask("kms:ListGrants", (abortSignal) =>
        client.send(new module.ListGrantsCommand({ KeyId, Marker }), { abortSignal }),
      ),
    (page) => page.Grants,
    (page) => (page.Truncated ? (page.NextMarker ?? null) : undefined),
  );
  if (answer.ok && answer.value.length === 0) return { status: "none" };
  return fromAnswer(answer, (grants) =>
    grants.map((grant): Grant => {
      const { EncryptionContextSubset: subset, EncryptionContextEquals: equals } = grant.Constraints ?? {};
      return {
        grantId: grant.GrantId ?? "",
        operations: grant.Operations ?? [],
        ...(grant.GranteePrincipal !== undefined && { granteePrincipal: grant.GranteePrincipal }),
        ...(grant.RetiringPrincipal !== undefined && { retiringPrincipal: grant.RetiringPrincipal }),
        ...(grant.IssuingAccount !== undefined && { issuingAccount: grant.IssuingAccount }),
        ...((subset !== undefined || equals !== undefined) && {
          constraints: {
            ...(subset !== undefined && { encryptionContextSubset: subset }),
            ...(equals !== undefined && { encryptionContextEquals: equals }),
          },
        }),
      };
    }),
  );
}

async function keyAliases({ clients, reader }: Reading, KeyId: string): Promise<Evidence<string[]>> {
  const { client, module } = await clients.kms();
  const answer = await allPages(
    (Marker) =>
      reader.ask("kms:ListAliases", (abortSignal) =>
        client.send(new module.ListAliasesCommand({ KeyId, Marker }), { abortSignal }),
      ),
    (page) => page.Aliases,
    (page) => (page.Truncated ? (page.NextMarker ?? null) : undefined),
  );
  if (answer.ok && answer.value.length === 0) return { status: "none" };
  return fromAnswer(answer, (aliases) => aliases.map(({ AliasName = "" }) => AliasName));
}

async function keyTags({ clients, reader }: Reading, KeyId: string): Promise<Evidence<Record<string, string>>> {
  const { client, module } = await clients.kms();
  const answer = await allPages(
    (Marker) =>
      reader.ask("kms:ListResourceTags", (abortSignal) =>
        client.send(new module.ListResourceTagsCommand({ KeyId, Marker }), { abortSignal }),
      ),
    (page) => page.Tags,
    (page) => (page.Truncated ? (page.NextMarker ?? null) : undefined),
  );
  if (answer.ok && answer.value.length === 0) return { status: "none" };
  return fromAnswer(answer, (tags) =>
    tagRecord(tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue }))),
  );
}

function assembled(arn: string, metadata: Answer<Metadata>, details: Details): Omit<Key, "organization"> {
  const told: Metadata = metadata.ok ? metadata.value : {};
  const { KeySpec, KeyUsage, Origin, MultiRegion, MultiRegionConfiguration } = told;
  const type = MultiRegionConfiguration?.MultiRegionKeyType;
  return {
    arn: told.Arn ?? arn,
    accountId: (told.Arn ?? arn).split(":")[4] ?? "",
    manager: told.KeyManager === "AWS" || told.KeyManager === "CUSTOMER" ? told.KeyManager : null,
    state: told.KeyState ?? null,
    ...details,
    ...(KeySpec !== undefined && { keySpec: KeySpec }),
    ...(KeyUsage !== undefined && { keyUsage: KeyUsage }),
    ...(Origin !== undefined && { origin: Origin }),
    ...(MultiRegion !== undefined && { multiRegion: MultiRegion }),
    ...(type !== undefined && { multiRegionKeyType: type }),
  };
}
