import { randomUUID } from "node:crypto";
import { arnOf } from "../../arnOf.js";
import type { Operation } from "../../Call.js";
import { flagOf, numberOf, requiredText, tagsOf, textOf, textsOf } from "../../input.js";
import { limitedPage } from "../../limitedPage.js";
import { accountOf } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { servedText } from "../../servedText.js";
import { requestTagContext } from "../../tagContext.js";
import type { WorldKey } from "../../World.js";
import { defaultKeyPolicy, key as newKey } from "../../worldParts.js";
import { allowedKey, ownKey } from "./allowedKey.js";
import { keyMetadata } from "./keyMetadata.js";
import { requireStorable } from "./keyPolicyDocument.js";
import { rotationOperations } from "./rotationOperations.js";

const CreateKey: Operation = (call) => {
  const { state, session, region, input } = call;
  const { partition } = state.world;
  const tags = tagsOf(input);
  const spec = textOf(input, "KeySpec") ?? textOf(input, "CustomerMasterKeySpec");
  const usage = textOf(input, "KeyUsage");
  const origin = textOf(input, "Origin");
  const description = textOf(input, "Description");
  const multiRegion = flagOf(input, "MultiRegion") === true;
  requireKeyKind(spec, usage);
  requireAllowed(call, {
    action: "kms:CreateKey",
    resource: "*",
    context: {
      ...requestTagContext(call),
      "kms:CallerAccount": session.accountId,
      "kms:KeySpec": spec ?? "SYMMETRIC_DEFAULT",
      "kms:KeyUsage": usage ?? "ENCRYPT_DECRYPT",
      "kms:KeyOrigin": origin ?? "AWS_KMS",
      "kms:MultiRegion": String(multiRegion),
      "kms:BypassPolicyLockoutSafetyCheck": String(flagOf(input, "BypassPolicyLockoutSafetyCheck") === true),
    },
  });
  const id = multiRegion ? `mrk-${randomUUID().replaceAll("-", "")}` : randomUUID();
  const made = newKey({
    arn: `arn:${partition}:kms:${region}:${session.accountId}:key/${id}`,
    policy: textOf(input, "Policy") ?? JSON.stringify(defaultKeyPolicy(partition, session.accountId)),
    state: origin === "EXTERNAL" ? "PendingImport" : "Enabled",
    tags,
    ...(spec !== undefined && { keySpec: spec }),
    ...(usage !== undefined && { keyUsage: usage }),
    ...(origin !== undefined && { origin }),
    ...(description !== undefined && { description }),
    ...(multiRegion && { multiRegion, multiRegionKeyType: "PRIMARY" }),
  });
  if (textOf(input, "Policy") !== undefined) requireStorable(call, made, made.policy ?? null);
  accountOf(state.world, session.accountId).keys.push(made);
  return { KeyMetadata: keyMetadata(made) };
};

const usages: readonly { spec: RegExp; usages: readonly string[] }[] = [
  { spec: /^SYMMETRIC_DEFAULT$/, usages: ["ENCRYPT_DECRYPT"] },
  { spec: /^RSA_(2048|3072|4096)$/, usages: ["ENCRYPT_DECRYPT", "SIGN_VERIFY"] },
  { spec: /^ECC_NIST_P(256|384|521)$/, usages: ["SIGN_VERIFY", "KEY_AGREEMENT"] },
  { spec: /^(ECC_SECG_P256K1|ECC_NIST_EDWARDS25519|ML_DSA_(44|65|87))$/, usages: ["SIGN_VERIFY"] },
  { spec: /^HMAC_(224|256|384|512)$/, usages: ["GENERATE_VERIFY_MAC"] },
  { spec: /^SM2$/, usages: ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "KEY_AGREEMENT"] },
];

/**
 * Only symmetric encryption keys may leave their usage to KMS.
 *
 * @throws ServiceError ValidationException
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
 */
function requireKeyKind(spec = "SYMMETRIC_DEFAULT", usage?: string): void {
  const kind = usages.find((one) => one.spec.test(spec));
  if (kind === undefined) {
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '${spec}' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set`,
    );
  }
  if (usage === undefined && spec !== "SYMMETRIC_DEFAULT") {
    throw new ServiceError(
      "ValidationException",
      "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
    );
  }
  if (usage !== undefined && !usages.some((one) => one.usages.includes(usage))) {
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '${usage}' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: [ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT]`,
    );
  }
  if (usage !== undefined && !kind.usages.includes(usage)) {
    throw new ServiceError("ValidationException", `KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  }
}

const GetKeyPolicy: Operation = (call) => {
  const key = allowedKey(call);
  const name = textOf(call.input, "PolicyName") ?? "default";
  if (key.policy === undefined || name !== "default") {
    throw new ServiceError("NotFoundException", "No such policy exists");
  }
  const text = servedText(key.policy);
  if (text === null) {
    throw new ServiceError("AccessDeniedException", "The emulator's world refuses this document to readers.");
  }
  return { Policy: text, PolicyName: "default" };
};

const PutKeyPolicy: Operation = (call) => {
  const bypass = flagOf(call.input, "BypassPolicyLockoutSafetyCheck") === true;
  const key = allowedKey(call, { context: { "kms:BypassPolicyLockoutSafetyCheck": String(bypass) } });
  const policy = requiredText(call.input, "Policy", "ValidationException");
  requireStorable(call, key, policy);
  key.policy = policy;
  return {};
};

/** Also of a primary key that waits for its replicas: "You can cancel the scheduled deletion [...] until it is deleted." */
function isPendingDeletion({ state }: WorldKey): boolean {
  return state === "PendingDeletion" || state === "PendingReplicaDeletion";
}

function requireNotPending(key: WorldKey): void {
  if (!isPendingDeletion(key)) return;
  throw new ServiceError("KMSInvalidStateException", `${key.arn} is pending deletion.`);
}

const DisableKey: Operation = (call) => {
  const key = ownKey(call);
  requireNotPending(key);
  key.state = "Disabled";
  return {};
};

const EnableKey: Operation = (call) => {
  const key = ownKey(call);
  requireNotPending(key);
  key.state = "Enabled";
  return {};
};

const ScheduleKeyDeletion: Operation = (call) => {
  const key = ownKey(call);
  const days = numberOf(call.input, "PendingWindowInDays") ?? 30;
  if (days < 7 || days > 30) {
    throw new ServiceError(
      "ValidationException",
      "1 validation error detected: Value at 'pendingWindowInDays' failed to satisfy constraint: Member must have value between 7 and 30",
    );
  }
  requireNotPending(key);
  key.state = "PendingDeletion";
  const deletionDate = new Date(call.now.getTime() + days * 86_400_000);
  key.deletionDate = deletionDate.toISOString();
  return { KeyId: key.arn, DeletionDate: deletionDate, KeyState: key.state, PendingWindowInDays: days };
};

const CancelKeyDeletion: Operation = (call) => {
  const key = ownKey(call);
  if (!isPendingDeletion(key)) {
    throw new ServiceError("KMSInvalidStateException", `${key.arn} is not pending deletion.`);
  }
  key.state = "Disabled";
  return { KeyId: key.arn };
};

const UpdateKeyDescription: Operation = (call) => {
  const key = ownKey(call);
  key.description = textOf(call.input, "Description") ?? requiredText(call.input, "Description", "ValidationException");
  return {};
};

const ListKeys: Operation = (call) => {
  const { state, session, region } = call;
  requireAllowed(call, { action: "kms:ListKeys", resource: "*" });
  const keys = accountOf(state.world, session.accountId).keys.filter(({ arn }) => arnOf(arn).region === region);
  const { items, ...rest } = limitedPage(call, keys, 100);
  return { Keys: items.map(({ arn }) => ({ KeyId: arn.split("key/")[1], KeyArn: arn })), ...rest };
};

const ListResourceTags: Operation = (call) => {
  const { items, ...rest } = limitedPage(call, Object.entries(allowedKey(call).tags), 50);
  return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...rest };
};

const TagResource: Operation = (call) => {
  const tags = tagsOf(call.input);
  const key = allowedKey(call, { context: requestTagContext(call) });
  key.tags = { ...key.tags, ...tags };
  return {};
};

const UntagResource: Operation = (call) => {
  const keys = textsOf(call.input, "TagKeys") ?? [];
  const key = allowedKey(call, { context: requestTagContext(call) });
  key.tags = Object.fromEntries(Object.entries(key.tags).filter(([name]) => !keys.includes(name)));
  return {};
};

export const keyOperations: Record<string, Operation> = {
  CreateKey,
  DescribeKey: (call) => ({ KeyMetadata: keyMetadata(allowedKey(call, { byAlias: true, crossAccount: true })) }),
  GetKeyPolicy,
  PutKeyPolicy,
  ListKeyPolicies: (call) => ({
    PolicyNames: allowedKey(call).policy === undefined ? [] : ["default"],
    Truncated: false,
  }),
  UpdateKeyDescription,
  ...rotationOperations,
  DisableKey,
  EnableKey,
  ScheduleKeyDeletion,
  CancelKeyDeletion,
  ListKeys,
  ListResourceTags,
  TagResource,
  UntagResource,
};
