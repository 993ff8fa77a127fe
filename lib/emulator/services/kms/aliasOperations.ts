import { arnOf } from "../../arnOf.js";
import type { Call, Operation } from "../../Call.js";
import { requiredText, textOf } from "../../input.js";
import { keyByName, keyContext } from "../../keys.js";
import { limitedPage } from "../../limitedPage.js";
import { accountOf } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import type { WorldKey } from "../../World.js";
import { creationDate } from "./keyMetadata.js";

const ListAliases: Operation = (call) => {
  const { state, session, region, input } = call;
  requireAllowed(call, { action: "kms:ListAliases", resource: "*" });
  const name = textOf(input, "KeyId");
  const only = name === undefined ? null : keyByName(state.world, name, session.accountId, region);
  const isForeign = only !== null && arnOf(only.arn).accountId !== session.accountId;
  if (name !== undefined && (only === null || (isForeign && !session.isAuditor))) {
    throw new ServiceError("NotFoundException", `Key '${name}' does not exist`);
  }
  const keys = only === null ? keysHere(call) : [only];
  const aliases = keys.flatMap((key) => key.aliases.map((alias) => ({ key, alias })));
  const { items, ...rest } = limitedPage(call, aliases, 50);
  return {
    Aliases: items.map(({ key, alias }) => ({
      AliasName: alias,
      AliasArn: aliasArn(key, alias),
      TargetKeyId: key.arn.split("key/")[1],
      CreationDate: creationDate,
      LastUpdatedDate: creationDate,
    })),
    ...rest,
  };
};

function aliasArn({ arn }: WorldKey, alias: string): string {
  return arn.slice(0, arn.length - arnOf(arn).resource.length) + alias;
}

function keysHere({ state, session, region }: Call): WorldKey[] {
  return accountOf(state.world, session.accountId).keys.filter(({ arn }) => arnOf(arn).region === region);
}

/** Both the alias and its key must allow it. */
function requireAliasAllowed(call: Call, alias: string, key: WorldKey): void {
  const { state, session, region, operation } = call;
  const action = `kms:${operation}`;
  const aliasArn = `arn:${state.world.partition}:kms:${region}:${session.accountId}:${alias}`;
  requireAllowed(call, { action, resource: aliasArn });
  requireAllowed(call, {
    action,
    resource: key.arn,
    key,
    context: { ...keyContext(key), "kms:CallerAccount": session.accountId },
  });
}

function newAlias({ input }: Call): string {
  const alias = requiredText(input, "AliasName", "ValidationException");
  if (alias.startsWith("alias/aws/")) {
    throw new ServiceError("NotAuthorizedException", "Aliases that begin with alias/aws/ are reserved for AWS.");
  }
  if (!/^alias\/[\w/-]+$/.test(alias)) {
    throw new ServiceError(
      "ValidationException",
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  return alias;
}

function targetOf(call: Call): WorldKey {
  const id = requiredText(call.input, "TargetKeyId", "ValidationException");
  const key = keyByName(call.state.world, id, call.session.accountId, call.region);
  if (key !== null) return key;
  throw new ServiceError("NotFoundException", `Key '${id}' does not exist`);
}

const CreateAlias: Operation = (call) => {
  const alias = newAlias(call);
  const key = targetOf(call);
  requireAliasAllowed(call, alias, key);
  if (keysHere(call).some(({ aliases }) => aliases.includes(alias))) {
    throw new ServiceError("AlreadyExistsException", `An alias with the name ${alias} already exists`);
  }
  key.aliases.push(alias);
  return {};
};

const UpdateAlias: Operation = (call) => {
  const alias = newAlias(call);
  const key = targetOf(call);
  const before = holderOf(call, alias);
  requireAliasAllowed(call, alias, key);
  before.aliases = before.aliases.filter((one) => one !== alias);
  key.aliases.push(alias);
  return {};
};

const DeleteAlias: Operation = (call) => {
  const alias = requiredText(call.input, "AliasName", "ValidationException");
  const key = holderOf(call, alias);
  requireAliasAllowed(call, alias, key);
  key.aliases = key.aliases.filter((one) => one !== alias);
  return {};
};

function holderOf(call: Call, alias: string): WorldKey {
  const key = keysHere(call).find(({ aliases }) => aliases.includes(alias));
  if (key !== undefined) return key;
  throw new ServiceError("NotFoundException", `Alias ${alias} is not found.`);
}

export const aliasOperations: Record<string, Operation> = { ListAliases, CreateAlias, UpdateAlias, DeleteAlias };
