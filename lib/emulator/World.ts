import type { InferInput, InferOutput } from "valibot";
import type { organizationPolicySchema, targetSchema, worldOrganizationSchema } from "./organizationSchema.js";
import type { documentSchema } from "./worldForms.js";
import type {
  accessKeySchema,
  accountSchema,
  groupSchema,
  inlinePolicySchema,
  managedPolicySchema,
  oidcProviderSchema,
  principalSchema,
  refusedReadSchema,
  roleSchema,
  sessionSchema,
  userSchema,
  vaultSchema,
  vpcEndpointSchema,
  worldCallerSchema,
  worldGrantSchema,
  worldKeySchema,
  worldSchema,
} from "./worldSchema.js";

/** A world as people write it: what is empty or usual may be left out. */
export type WorldInput = InferInput<typeof worldSchema>;

/** Accounts, principals, keys and organizations that the emulator serves: plain JSON, in which nothing is left out. */
export type World = InferOutput<typeof worldSchema>;
export type WorldCaller = InferOutput<typeof worldCallerSchema>;
/** What credentials carry beside the principal. */
export type SessionOptions = InferInput<typeof sessionSchema>;
export type WorldAccount = InferOutput<typeof accountSchema>;
export type WorldAccessKey = InferOutput<typeof accessKeySchema>;
/** A policy document as an object, or its text, which is served as it is; null: refused to every reader. */
export type WorldDocument = InferOutput<typeof documentSchema>;
export type WorldGrant = InferOutput<typeof worldGrantSchema>;
export type WorldGroup = InferOutput<typeof groupSchema>;
export type WorldInlinePolicy = InferOutput<typeof inlinePolicySchema>;
export type WorldKey = InferOutput<typeof worldKeySchema>;
export type WorldManagedPolicy = InferOutput<typeof managedPolicySchema>;
export type WorldOidcProvider = InferOutput<typeof oidcProviderSchema>;
export type WorldOrganization = InferOutput<typeof worldOrganizationSchema>;
export type WorldOrganizationPolicy = InferOutput<typeof organizationPolicySchema>;
/** What users, roles and groups have alike. */
export type WorldPolicyHolder = WorldGroup;
/** What users and roles have alike. */
export type WorldPrincipal = InferOutput<typeof principalSchema>;
export type WorldRefusedRead = InferOutput<typeof refusedReadSchema>;
export type WorldRole = InferOutput<typeof roleSchema>;
/** A root, organizational unit or account. */
export type WorldTarget = InferOutput<typeof targetSchema>;
export type WorldUser = InferOutput<typeof userSchema>;
export type WorldVault = InferOutput<typeof vaultSchema>;
export type WorldVpcEndpoint = InferOutput<typeof vpcEndpointSchema>;
