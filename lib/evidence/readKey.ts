import { type Answer, reasonOf } from "../aws/Answer.js";
import { parseArn } from "../facts/arn.js";
import { awsManagedKey } from "../facts/kms.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Grant, Key, Policy } from "../snapshot/Snapshot.js";
import { fromAnswer } from "./fromAnswer.js";
import { isKeyArn } from "./isKeyArn.js";
import type { Reading } from "./Reading.js";
import { type AnswerTo, readAnswer } from "./readAnswer.js";
import { type ItemOf, readList } from "./readList.js";

/** What KMS tells of the key, apart from the organization of its owner. */
export type KeyEvidence = Evidence<Omit<Key, "organization">>;

/**
 * Reads the key: metadata, key policy, grants, aliases and tags, side by side where its ARN is given. For
 * alias/aws/backup the metadata comes first, since the other calls take no alias.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export async function readKey(reading: Reading, encryptionKeyArn: string | null): Promise<KeyEvidence> {
  if (encryptionKeyArn !== null && isKeyArn(encryptionKeyArn)) {
    const [described, details] = await Promise.all([
      describe(reading, encryptionKeyArn),
      detailsOf(reading, encryptionKeyArn),
    ]);
    if (described.ok) return { status: "read", value: assembled(encryptionKeyArn, described.value, details) };
    const { policy, grants } = details;
    const isNothingRead = policy.status !== "read" && (grants.status === "unreadable" || grants.status === "notRead");
    if (!isNothingRead) return { status: "read", value: assembled(encryptionKeyArn, null, details) };
    return isMissing(described) ? { status: "none" } : { status: "unreadable", reason: reasonOf(described) };
  }
  const described = await describe(reading, encryptionKeyArn ?? awsManagedKey.alias);
  if (!described.ok) {
    return isMissing(described) ? { status: "none" } : { status: "unreadable", reason: reasonOf(described) };
  }
  const { Arn: arn } = described.value;
  return { status: "read", value: assembled(arn, described.value, await detailsOf(reading, arn)) };
}

function isMissing({ name }: { name: string }): boolean {
  return name === "NotFoundException";
}

type Metadata = AnswerTo<"kms:DescribeKey">["KeyMetadata"];

async function describe(reading: Reading, KeyId: string): Promise<Answer<Metadata>> {
  const answer = await readAnswer(reading, "kms:DescribeKey", { KeyId }, ({ KeyMetadata: { Arn } }) =>
    isKeyArn(KeyId) && Arn !== KeyId ? "KeyMetadata.Arn is another key's" : null,
  );
  return answer.ok ? { ok: true, value: answer.value.KeyMetadata } : answer;
}

interface Details {
  policy: Evidence<Policy>;
  grants: Evidence<Grant[]>;
  aliases: Evidence<string[]>;
  tags: Evidence<Record<string, string>>;
}

async function detailsOf(reading: Reading, KeyId: string): Promise<Details> {
  const [policy, grants, aliases, tags] = await Promise.all([
    // Every key has a policy: that there is none is never believed of a call that says so.
    readAnswer(reading, "kms:GetKeyPolicy", { KeyId, PolicyName: "default" }),
    readList(reading, "kms:ListGrants", { KeyId }),
    readList(reading, "kms:ListAliases", { KeyId }),
    readList(reading, "kms:ListResourceTags", { KeyId }),
  ]);
  return {
    policy: fromAnswer(policy, ({ Policy: document }) => ({ name: "default", document })),
    grants: fromList(grants, (all) => all.map(grantOf)),
    aliases: fromList(aliases, (all) => all.map(({ AliasName }) => AliasName)),
    tags: fromList(tags, (all) => Object.fromEntries(all.map(({ TagKey, TagValue }) => [TagKey, TagValue]))),
  };
}

/** A list as evidence; an empty one means that there is none. */
function fromList<T, U>(answer: Answer<T[]>, read: (items: T[]) => U): Evidence<U> {
  return answer.ok && answer.value.length === 0 ? { status: "none" } : fromAnswer(answer, read);
}

function grantOf(grant: ItemOf<"kms:ListGrants">): Grant {
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals } = grant.Constraints ?? {};
  return {
    grantId: grant.GrantId,
    operations: grant.Operations,
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
}

function assembled(asked: string, metadata: Metadata | null, details: Details): Omit<Key, "organization"> {
  const told: Partial<Metadata> = metadata ?? {};
  const { Arn = asked, KeySpec, KeyUsage, Origin, MultiRegion } = told;
  const type = told.MultiRegionConfiguration?.MultiRegionKeyType;
  return {
    arn: Arn,
    accountId: parseArn(Arn)?.accountId ?? "",
    manager: told.KeyManager ?? null,
    state: told.KeyState ?? null,
    ...details,
    ...(KeySpec !== undefined && { keySpec: KeySpec }),
    ...(KeyUsage !== undefined && { keyUsage: KeyUsage }),
    ...(Origin !== undefined && { origin: Origin }),
    ...(MultiRegion !== undefined && { multiRegion: MultiRegion }),
    ...(type !== undefined && { multiRegionKeyType: type }),
  };
}
