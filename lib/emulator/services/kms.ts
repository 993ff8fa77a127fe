import type { Call, Operation } from "../Call.js";
import { documentText } from "../documentText.js";
import { requiredText, textOf } from "../input.js";
import { keyByName, keyContext } from "../keys.js";
import { limitedPage } from "../limitedPage.js";
import { requireAllowed } from "../requireAllowed.js";
import { ServiceError } from "../ServiceError.js";
import type { WorldGrant, WorldKey } from "../World.js";

const created = new Date("2026-01-01T00:00:00Z");

/** The key that a call names, after asking whether the caller may do this with it. */
function allowedKey(call: Call, options: { sameAccount: boolean }): WorldKey {
  const { state, session, region, input, operation } = call;
  const name = requiredText(input, "KeyId", "ValidationException");
  const action = `kms:${operation}`;
  const key = keyByName(state.world, name, session.accountId, region);
  const owner = key?.arn.split(":")[4] ?? name.split(":")[4] ?? session.accountId;
  const isForeign = owner !== session.accountId;
  if (key === null) {
    if (name.startsWith("arn:") && name.split(":")[3] !== region) {
      throw new ServiceError("NotFoundException", `Invalid arn ${name.split(":")[3] ?? ""}`);
    }
    if (isForeign && !session.isAuditor) throw hidden(call, action);
    const shown = name.startsWith("arn:")
      ? name
      : `arn:${state.world.partition}:kms:${region}:${owner}:${name.startsWith("alias/") ? name : `key/${name}`}`;
    throw new ServiceError(
      "NotFoundException",
      `${name.includes("alias/") ? "Alias" : "Key"} '${shown}' ${name.includes("alias/") ? "is not found" : "does not exist"}`.trim(),
    );
  }
  if (isForeign && options.sameAccount && !session.isAuditor) throw hidden(call, action);
  try {
    requireAllowed(call, {
      action,
      resource: key.arn,
      resourceAccount: owner,
      key,
      context: {
        ...keyContext(key),
        "kms:CallerAccount": session.accountId,
        ...(name.includes("alias/") && { "kms:RequestAlias": name.slice(name.indexOf("alias/")) }),
      },
    });
  } catch (error) {
    // KMS does not tell other accounts whether a key is there.
    if (isForeign && error instanceof ServiceError && error.message.includes("no resource-based policy")) {
      throw hidden(call, action);
    }
    throw error;
  }
  return key;
}

function hidden({ session }: Call, action: string): ServiceError {
  return new ServiceError(
    "AccessDeniedException",
    `User: ${session.arn} is not authorized to perform: ${action} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );
}

const DescribeKey: Operation = (call) => {
  const key = allowedKey(call, { sameAccount: false });
  return { KeyMetadata: metadata(key) };
};

function metadata(key: WorldKey): Record<string, unknown> {
  const [, , , , owner = "", resource = ""] = key.arn.split(":");
  const multiRegion = key.multiRegion ?? false;
  const usage = key.keyUsage ?? "ENCRYPT_DECRYPT";
  const spec = key.keySpec ?? "SYMMETRIC_DEFAULT";
  return {
    AWSAccountId: owner,
    KeyId: resource.replace(/^key\//, ""),
    Arn: key.arn,
    CreationDate: created,
    Enabled: key.state === "Enabled",
    Description: key.description ?? "",
    KeyUsage: usage,
    KeyState: key.state,
    ...(key.state === "PendingDeletion" && { DeletionDate: new Date("2027-01-01T00:00:00Z") }),
    Origin: key.origin ?? "AWS_KMS",
    KeyManager: key.manager,
    CustomerMasterKeySpec: spec,
    KeySpec: spec,
    ...(usage === "ENCRYPT_DECRYPT" && spec === "SYMMETRIC_DEFAULT" && { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] }),
    MultiRegion: multiRegion,
    ...(multiRegion && {
      MultiRegionConfiguration: {
        MultiRegionKeyType: key.multiRegionKeyType ?? "PRIMARY",
        PrimaryKey: { Arn: key.arn, Region: key.arn.split(":")[3] },
        ReplicaKeys: [],
      },
    }),
  };
}

const GetKeyPolicy: Operation = (call) => {
  const key = allowedKey(call, { sameAccount: true });
  const name = textOf(call.input, "PolicyName") ?? "default";
  if (key.policy === undefined || name !== "default") {
    throw new ServiceError("NotFoundException", "No such policy exists");
  }
  const text = documentText(key.policy);
  if (text === null)
    throw new ServiceError("AccessDeniedException", "The emulator's world refuses this document to readers.");
  return { Policy: text, PolicyName: "default" };
};

const ListKeyPolicies: Operation = (call) => {
  const key = allowedKey(call, { sameAccount: true });
  return { PolicyNames: key.policy === undefined ? [] : ["default"], Truncated: false };
};

const ListGrants: Operation = (call) => {
  const key = allowedKey(call, { sameAccount: false });
  const grantee = textOf(call.input, "GranteePrincipal");
  const id = textOf(call.input, "GrantId");
  const wanted = key.grants.filter(
    ({ grantId, granteePrincipal }) =>
      (grantee === undefined || grantee === granteePrincipal) && (id === undefined || id === grantId),
  );
  const { items, ...rest } = limitedPage(call, wanted, 50);
  return { Grants: items.map((grant) => shownGrant(key, grant)), ...rest };
};

function shownGrant(key: WorldKey, grant: WorldGrant): Record<string, unknown> {
  const { encryptionContextEquals, encryptionContextSubset } = grant.constraints ?? {};
  const [, partition = "aws", , , owner = ""] = key.arn.split(":");
  const constrained = encryptionContextEquals !== undefined || encryptionContextSubset !== undefined;
  return {
    KeyId: key.arn,
    GrantId: grant.grantId,
    Name: grant.name ?? "",
    CreationDate: created,
    GranteePrincipal: grant.granteePrincipal,
    RetiringPrincipal: grant.retiringPrincipal,
    IssuingAccount: grant.issuingAccount ?? `arn:${partition}:iam::${owner}:root`,
    Operations: grant.operations,
    ...(constrained && {
      Constraints: {
        EncryptionContextEquals: encryptionContextEquals,
        EncryptionContextSubset: encryptionContextSubset,
      },
    }),
  };
}

const ListAliases: Operation = (call) => {
  const { state, session, region, input } = call;
  const { world } = state;
  requireAllowed(call, { action: "kms:ListAliases", resource: "*" });
  const name = textOf(input, "KeyId");
  const only = name === undefined ? null : keyByName(world, name, session.accountId, region);
  if (name !== undefined && only === null) throw new ServiceError("NotFoundException", `Key '${name}' does not exist`);
  const keys = world.accounts
    .filter(({ id }) => session.isAuditor || id === session.accountId)
    .flatMap((account) => account.keys)
    .filter((key) =>
      only === null ? key.arn.split(":")[4] === session.accountId && key.arn.split(":")[3] === region : key === only,
    );
  const aliases = keys.flatMap((key) => key.aliases.map((alias) => ({ key, alias })));
  const { items, ...rest } = limitedPage(call, aliases, 50);
  return {
    Aliases: items.map(({ key, alias }) => {
      const [scheme, partition, service, itsRegion, owner, resource = ""] = key.arn.split(":");
      return {
        AliasName: alias,
        AliasArn: [scheme, partition, service, itsRegion, owner, alias].join(":"),
        TargetKeyId: resource.replace(/^key\//, ""),
        CreationDate: created,
        LastUpdatedDate: created,
      };
    }),
    ...rest,
  };
};

const ListResourceTags: Operation = (call) => {
  const key = allowedKey(call, { sameAccount: true });
  const { items, ...rest } = limitedPage(call, Object.entries(key.tags), 50);
  return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...rest };
};

export const kms: Record<string, Operation> = {
  DescribeKey,
  GetKeyPolicy,
  ListKeyPolicies,
  ListGrants,
  ListAliases,
  ListResourceTags,
};
