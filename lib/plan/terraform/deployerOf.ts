import { type PrincipalArn, parsePrincipalArn } from "../../facts/arn.js";
import { region as regionName } from "../../facts/names.js";
import { asRecord, fieldOf, isRecord } from "../fieldOf.js";
import { foundOnce } from "../foundOnce.js";
import { isNotKnown, type NotKnown, notKnown } from "../NotKnown.js";
import { scalarText } from "../PlanPlace.js";
import { configOf, scopeOf } from "./moduleScope.js";
import { constantAt, narrowest, referencesIn } from "./references.js";
import type { ResourceChange, TerraformPlan } from "./terraformPlanSchema.js";
import { whoPlanned } from "./whoPlanned.js";

/** As whom, and where, a provider makes its calls. */
export interface Deployer {
  /** Null: as whoever runs the tool. */
  role: string | NotKnown | null;
  /** Null: the provider does not say. */
  region: string | NotKnown | null;
  /** The profile whose credentials it takes, NotKnown where it has credentials of its own; null: it names none. */
  profile: string | NotKnown | null;
  /** Who it called as when the plan was made; null: the plan does not tell. */
  plannedAs: string | null;
  /** The plan names its role in no other way. */
  isRoleOfPlan: boolean;
  /** The variables that role and Region are an expression of: the plan does not say which; null: they are written out. */
  madeOf: { role: string | null; region: string | null };
  /** The endpoints of its own that it calls. */
  endpoints: readonly string[];
  ignoresTags: boolean;
  /** It may give tags of its own to what it makes. */
  givesTags: boolean;
  /** The session policy that narrows the role's rights; null: none. */
  narrowed: string | null;
  /** What it says of the session that it calls with: its tags and source identity, as condition keys. */
  session: Readonly<Record<string, string>>;
  /** The accounts in which it works at all; null: in any but the forbidden ones, as far as is known. */
  allowedAccounts: readonly string[] | null;
  forbiddenAccounts: readonly string[];
}

/**
 * As whom, and where, a resource is made: what its provider's configuration says of Region and role.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs#assume_role-configuration-block
 */
export function deployerOf(plan: TerraformPlan, change: ResourceChange): Deployer {
  const scope = scopeOf(plan, change.module_address ?? "");
  const config = scope === null ? null : configOf(scope, change);
  const key = config?.provider_config_key ?? change.type.slice(0, change.type.indexOf("_"));
  const known = deployersOf(plan);
  const deployer = known.get(key) ?? deployerBy(plan, key);
  known.set(key, deployer);
  return deployer;
}

const deployersOf = foundOnce<TerraformPlan, Map<string, Deployer>>(() => new Map());

const roleBlocks = ["assume_role", "assume_role_with_web_identity"];

const referenceIn = (expression: unknown): string | null => narrowest(referencesIn(expression))[0] ?? null;

const credentialFields = [
  "access_key",
  "secret_key",
  "token",
  "shared_credentials_files",
  "shared_credentials_file",
  "shared_config_files",
];

function deployerBy(plan: TerraformPlan, key: string): Deployer {
  const providers = plan.configuration?.provider_config;
  // A module that is handed a provider may name it by its own way; the name itself is behind the last colon.
  const name = key.slice(key.lastIndexOf(":") + 1);
  const provider = fieldOf(providers, key) ?? fieldOf(providers, name);
  // Which one a module was handed under a name of its own, a plan may leave out.
  const isAlias = name.includes(".");
  const alike = Object.keys(providers ?? {}).filter((one) => one.split(".")[0] === name.split(".")[0]);
  const isLost = fieldOf(providers, key) === undefined && (isAlias || (key.includes(":") && alike.length > 1));
  const lost = isLost ? notKnown(`which provider ${key} is`) : null;
  const expressions = fieldOf(provider, "expressions");
  const module = scalarText(fieldOf(provider, "module_address"));
  const scope = module === undefined ? null : scopeOf(plan, module);
  const unlessEmpty = (value: unknown, what: string): string | NotKnown | null => {
    if (typeof value === "string" && value !== "") return value;
    return value === null || value === "" ? null : notKnown(`${what} of provider ${key}`);
  };
  const told = (expression: unknown, what: string): string | NotKnown | null =>
    asRecord(expression) === null ? null : unlessEmpty(constantAt(plan, expression, scope), what);
  // The last of a chain of roles makes the calls.
  const lastOf = (block: string): unknown => {
    const assumed = fieldOf(expressions, block);
    return Array.isArray(assumed) ? assumed.at(-1) : assumed;
  };
  const inLast = (block: string, name: string, what: string): string | NotKnown | null => {
    const last = lastOf(block);
    const one = asRecord(last) ?? {};
    if (!Object.hasOwn(one, "constant_value") && !Object.hasOwn(one, "references"))
      return told(fieldOf(last, name), what);
    // The provider awscc has an attribute for it, of which the plan says in one what all of it is, or refers to.
    const whole = constantAt(plan, last, scope);
    if (whole === null || isRecord(whole)) return unlessEmpty(fieldOf(whole, name) ?? null, what);
    if (name !== "role_arn") return null;
    return typeof whole === "string" && parsePrincipalArn(whole)?.kind === "role" ? whole : unlessEmpty([], what);
  };
  const roleIn = (block: string) => inLast(block, "role_arn", "the role");
  const accounts = (name: string): string[] | null => {
    const expression = fieldOf(expressions, name);
    const value = asRecord(expression) === null ? null : constantAt(plan, expression, scope);
    const texts = Array.isArray(value) ? value.map(scalarText) : [];
    return texts.length === 0 || texts.includes(undefined) ? null : texts.map((text) => text ?? "");
  };
  // Whose they are, nobody can tell, and what they are nobody is to read.
  const ownCredentials = credentialFields
    .filter((name) => told(fieldOf(expressions, name), name) !== null)
    .map((name) => notKnown(`${name} of provider ${key}`))[0];
  const region = told(fieldOf(expressions, "region"), "the Region");
  const writtenIn = (block: string): unknown => {
    const last = lastOf(block);
    return fieldOf(last, "references") === undefined ? fieldOf(last, "role_arn") : last;
  };
  const endpoints = fieldOf(expressions, "endpoints");
  const narrowedBy = roleBlocks
    .flatMap((block) => ["policy", "policy_arns"].map((name) => ({ block, name })))
    .find(({ block, name }) => inLast(block, name, name) !== null);
  const { arn: plannedAs = null, region: plannedIn = null } = whoPlanned(plan).get(key) ?? {};
  const madeOf = {
    role: referenceIn([...roleBlocks.map(writtenIn), fieldOf(expressions, "role_arn")]),
    region: plannedIn === null ? referenceIn(fieldOf(expressions, "region")) : null,
  };
  // A provider that has both takes the web identity's role first, and the other one with its credentials.
  const named =
    lost ??
    roleIn("assume_role") ??
    roleIn("assume_role_with_web_identity") ??
    told(fieldOf(expressions, "role_arn"), "the role");
  // What is made of expressions, a plan does not say, but what came of it.
  const session = plannedAs === null ? null : parsePrincipalArn(plannedAs);
  const roleName = typeof named === "string" ? parsePrincipalArn(named)?.name : null;
  const isMade = isNotKnown(named) || (madeOf.role !== null && roleName !== session?.name);
  const ofSession = isMade && session?.kind === "role-session" ? roleOfSession(session) : null;
  return {
    plannedAs,
    isRoleOfPlan: ofSession !== null,
    endpoints: (Array.isArray(endpoints) ? endpoints : [endpoints])
      .flatMap((one) => Object.keys(asRecord(one) ?? {}))
      .filter((service) => /^(?:backup|kms|sts)$/.test(service))
      .map((service) => `endpoints.${service} of provider ${key}`),
    ignoresTags: fieldOf(expressions, "ignore_tags") !== undefined,
    givesTags: isLost || plan.configuration === undefined || fieldOf(expressions, "default_tags") !== undefined,
    madeOf,
    narrowed: narrowedBy === undefined ? null : `${narrowedBy.block}.${narrowedBy.name} of provider ${key}`,
    session: sessionOf((name) => constantAt(plan, fieldOf(lastOf("assume_role"), name), scope)),
    profile: ownCredentials === undefined ? told(fieldOf(expressions, "profile"), "the profile") : ownCredentials,
    allowedAccounts: accounts("allowed_account_ids"),
    forbiddenAccounts: accounts("forbidden_account_ids") ?? [],
    // What a variable only leads to, as by a test of it, is no Region.
    region:
      lost ??
      (region === null
        ? null
        : isWritten(expressions, "region")
          ? asRegion(region, key)
          : (plannedIn ?? asRegion(region, key))),
    role: ofSession ?? named,
  };
}

/**
 * What a session is given besides its role; of what is not known, nothing.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs#assume_role-configuration-block
 */
function sessionOf(field: (name: string) => unknown): Record<string, string> {
  const [tags, identity] = [field("tags"), field("source_identity")];
  const given = Object.entries(asRecord(tags) ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  const named = [...given, ["aws:SourceIdentity", identity]];
  return Object.fromEntries(named.filter(([, value]) => typeof value === "string"));
}

const isWritten = (expressions: unknown, name: string) =>
  fieldOf(fieldOf(expressions, name), "constant_value") !== undefined;

const asRegion = (value: string | NotKnown, key: string): string | NotKnown =>
  typeof value === "string" && !regionName.test(value) ? notKnown(`the Region of provider ${key}`) : value;

/** The role behind a session; its path, which no session's ARN has, is read with it. */
const roleOfSession = ({ partition, accountId, name }: PrincipalArn) =>
  `arn:${partition}:iam::${accountId}:role/${name}`;
