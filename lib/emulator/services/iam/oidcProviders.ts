import type { Call, Operation, Output } from "../../Call.js";
import { requiredText, tagsOf, textsOf } from "../../input.js";
import { page } from "../../page.js";
import { accountOf } from "../../principals.js";
import { requireAllowed } from "../../requireAllowed.js";
import { ServiceError } from "../../ServiceError.js";
import { requestTagContext } from "../../tagContext.js";
import type { WorldAccount, WorldOidcProvider } from "../../World.js";
import { createDate, shownTags } from "./answers.js";
import { withTags } from "./withTags.js";

const mostClients = 100;
const mostThumbprints = 5;

/** As arn:aws:iam::444455556666:oidc-provider/idp.example.com/path. */
export function oidcProviderArn(partition: string, accountId: string, { url }: Pick<WorldOidcProvider, "url">): string {
  return `arn:${partition}:iam::${accountId}:oidc-provider/${url.replace(/^https:\/\//, "")}`;
}

function providersOf({ state, session }: Call): WorldOidcProvider[] {
  const account: WorldAccount = accountOf(state.world, session.accountId);
  account.oidcProviders ??= [];
  return account.oidcProviders;
}

/** @see aws-behaviour, oidc-providers */
const CreateOpenIDConnectProvider: Operation = (call) => {
  const { state, session, input } = call;
  const url = requiredText(input, "Url").replace(/\/$/, "");
  const arn = oidcProviderArn(state.world.partition, session.accountId, { url });
  const tags = tagsOf(input);
  requireAllowed(call, { action: "iam:CreateOpenIDConnectProvider", resource: arn, context: requestTagContext(call) });
  if (!/^https:\/\/[^\s?#]+$/.test(url))
    throw new ServiceError("ValidationError", "Invalid Open ID Connect Provider URL");
  const clientIds = textsOf(input, "ClientIDList") ?? [];
  const thumbprints = textsOf(input, "ThumbprintList") ?? [];
  if (clientIds.length > mostClients) throw tooManyClients();
  if (thumbprints.length > mostThumbprints) {
    throw new ServiceError("InvalidInput", `Thumbprint list must contain fewer than ${mostThumbprints} entries.`);
  }
  const providers = providersOf(call);
  if (providers.some((one) => one.url === url)) {
    throw new ServiceError("EntityAlreadyExists", `Provider with url ${url} already exists.`, 409);
  }
  providers.push({ url, clientIds, thumbprints, tags });
  return { OpenIDConnectProviderArn: arn, Tags: shownTags(tags) };
};

function tooManyClients(): ServiceError {
  const message = `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${mostClients}`;
  return new ServiceError("LimitExceeded", message, 409);
}

/** Acts on the provider that a call names, after asking whether the caller may. */
const onProvider =
  (act: (provider: WorldOidcProvider, call: Call) => Output | undefined): Operation =>
  (call) => {
    const arn = requiredText(call.input, "OpenIDConnectProviderArn");
    requireAllowed(call, {
      action: `iam:${call.operation}`,
      resource: arn,
      context: requestTagContext(call),
    });
    const { partition } = call.state.world;
    const provider = providersOf(call).find((one) => oidcProviderArn(partition, call.session.accountId, one) === arn);
    if (provider !== undefined) return act(provider, call);
    const told = call.operation.startsWith("Delete")
      ? `OpenId connect Provider ${arn} cannot be found.`
      : `OpenIDConnect Provider not found for arn ${arn}`;
    throw new ServiceError("NoSuchEntity", told, 404);
  };

const ListOpenIDConnectProviders: Operation = (call) => {
  const { state, session } = call;
  requireAllowed(call, { action: "iam:ListOpenIDConnectProviders", resource: "*" });
  const arns = providersOf(call).map((one) => oidcProviderArn(state.world.partition, session.accountId, one));
  return { OpenIDConnectProviderList: arns.map((Arn) => ({ Arn })) };
};

export const oidcProviders: Record<string, Operation> = {
  CreateOpenIDConnectProvider,
  ListOpenIDConnectProviders,
  GetOpenIDConnectProvider: onProvider(({ url, clientIds, thumbprints, tags }) => ({
    // As IAM answers it: without its scheme.
    Url: url.replace(/^https:\/\//, ""),
    ClientIDList: clientIds,
    ThumbprintList: thumbprints,
    CreateDate: createDate,
    Tags: shownTags(tags) ?? [],
  })),
  DeleteOpenIDConnectProvider: onProvider((provider, call) => {
    const providers = providersOf(call);
    providers.splice(providers.indexOf(provider), 1);
    return undefined;
  }),
  AddClientIDToOpenIDConnectProvider: onProvider((provider, { input }) => {
    const id = requiredText(input, "ClientID");
    if (provider.clientIds.length >= mostClients) throw tooManyClients();
    if (!provider.clientIds.includes(id)) provider.clientIds.push(id);
    return undefined;
  }),
  RemoveClientIDFromOpenIDConnectProvider: onProvider((provider, { input }) => {
    const id = requiredText(input, "ClientID");
    provider.clientIds = provider.clientIds.filter((one) => one !== id);
    return undefined;
  }),
  UpdateOpenIDConnectProviderThumbprint: onProvider((provider, { input }) => {
    provider.thumbprints = textsOf(input, "ThumbprintList") ?? [];
    return undefined;
  }),
  TagOpenIDConnectProvider: onProvider((provider, { input }) => {
    provider.tags = withTags(provider.tags, tagsOf(input));
    return undefined;
  }),
  UntagOpenIDConnectProvider: onProvider((provider, { input }) => {
    const keys = textsOf(input, "TagKeys") ?? [];
    provider.tags = Object.fromEntries(Object.entries(provider.tags).filter(([key]) => !keys.includes(key)));
    return undefined;
  }),
  ListOpenIDConnectProviderTags: onProvider((provider, call) => {
    const { items, ...rest } = page(call, Object.entries(provider.tags));
    return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...rest };
  }),
};
