import * as v from "valibot";
import { layers, sources, verdicts } from "../facts/layers.js";
import { contextValueSchema } from "../snapshot/snapshotSchema.js";

/*
 * The one source of the diagnosis's shape (specification, section 5): the TypeScript types are inferred from it and
 * config/schemas/diagnosis.schema.json is generated from it.
 */

const layer = v.picklist(layers);
const verdict = v.picklist(verdicts);
const source = v.picklist(sources);

const statementRefSchema = v.object({
  policy: v.string(),
  sid: v.nullable(v.string()),
  index: v.number(),
  effect: v.picklist(["Allow", "Deny"]),
});

export const blockerSchema = v.object({
  layer,
  effect: v.picklist(["explicitDeny", "implicitDeny"]),
  /** In the order of the diagnosis's `actions`. */
  actions: v.array(v.string()),
  certainty: v.picklist(["confirmed", "probable"]),
  policy: v.nullable(
    v.object({
      name: v.string(),
      arn: v.optional(v.string()),
      id: v.optional(v.string()),
      attachedTo: v.optional(v.string()),
    }),
  ),
  /** `index` counts from 0; null where silence blocks. */
  statement: v.nullable(v.object({ sid: v.nullable(v.string()), index: v.number() })),
  /** Service and resource control policies: the id of the root, organizational unit or account at fault. */
  target: v.nullable(v.string()),
  reason: v.string(),
});

export const suspectSchema = v.object({
  layer,
  actions: v.array(v.string()),
  reason: v.string(),
  dependsOn: v.array(v.string()),
  /** Those that hang on what is unknown. */
  statements: v.array(v.object({ ...statementRefSchema.entries, target: v.nullable(v.string()) })),
});

export const layerVerdictSchema = v.object({
  verdict,
  sources: v.array(source),
  statements: v.array(statementRefSchema),
  dependsOn: v.array(v.string()),
});

export const actionVerdictSchema = v.object({
  action: v.string(),
  resource: v.string(),
  verdict,
  layers: v.object({
    "identity-policy": layerVerdictSchema,
    "permissions-boundary": layerVerdictSchema,
    "session-policy": layerVerdictSchema,
    "service-control-policy": layerVerdictSchema,
    "resource-control-policy": layerVerdictSchema,
    "key-policy": layerVerdictSchema,
    "key-state": layerVerdictSchema,
    "vpc-endpoint-policy": layerVerdictSchema,
  }),
});

export const fixSchema = v.object({
  /** Index into the diagnosis's `blockers`. */
  blocker: v.number(),
  layer,
  owner: v.picklist(["account", "organization", "key-owner"]),
  title: v.string(),
  policy: v.nullable(v.string()),
  change: v.picklist([
    "add-statement",
    "edit-statement",
    "remove-statement",
    "attach-policy",
    "create-policy",
    "enable-key",
    "other",
  ]),
  statement: v.nullable(v.custom<object>((input) => typeof input === "object" && input !== null)),
  verified: v.boolean(),
  note: v.optional(v.string()),
  /** The whole policy document as text, where one is changed or made. */
  document: v.optional(v.object({ before: v.nullable(v.string()), after: v.string() })),
  /** Of a policy of the organization that no blocker names: its ID. */
  policyId: v.optional(v.string()),
  /** Other service control policies that have to be changed or attached with it: a Deny hid that their targets are silent. */
  further: v.optional(
    v.array(
      v.object({
        target: v.string(),
        policy: v.string(),
        policyId: v.optional(v.string()),
        document: v.object({ before: v.nullable(v.string()), after: v.string() }),
      }),
    ),
  ),
  /** Of a change of a session's inline policy: the managed session policies that the new session is to have as well. */
  sessionPolicyArns: v.optional(v.array(v.string())),
  /** Of the same: the session tags and the source identity of that session, as far as they were read. */
  session: v.optional(
    v.object({ tags: v.optional(v.record(v.string(), v.string())), sourceIdentity: v.optional(v.string()) }),
  ),
  /** Of a call that is made with another key or other tags: the tags that the vault is to have, where it is to have any. */
  backupVaultTags: v.optional(v.record(v.string(), v.string())),
  /** What else the change allows, in words: other principals, actions or resources; empty where nothing. */
  widens: v.optional(v.array(v.string())),
  /** What AWS's policy simulator says of it; only of a verified fix, and only where it was to be asked. */
  simulated: v.optional(
    v.object({
      answer: v.picklist(["agrees", "disagrees", "undecided", "unreadable", "not-asked"]),
      detail: v.string(),
    }),
  ),
});

export const disagreementSchema = v.object({
  layer,
  action: v.string(),
  verdicts: v.object({
    policies: v.optional(verdict),
    simulator: v.optional(verdict),
    "denial-message": v.optional(verdict),
    cloudtrail: v.optional(verdict),
    "dry-run": v.optional(verdict),
  }),
  note: v.string(),
});

export const evidenceCallSchema = v.object({
  call: v.string(),
  status: v.picklist(["answered", "refused", "failed", "skipped"]),
  detail: v.optional(v.string()),
  milliseconds: v.optional(v.number()),
});

export const diagnosisSchema = v.object({
  diagnosisVersion: v.literal(1),
  outcome: v.picklist(["blocked", "allowed", "inconclusive"]),
  /** Who, what and where was judged; null: not known. */
  subject: v.object({
    operation: v.string(),
    principalArn: v.nullable(v.string()),
    callerArn: v.nullable(v.string()),
    accountId: v.nullable(v.string()),
    region: v.nullable(v.string()),
    backupVaultName: v.nullable(v.string()),
    encryptionKeyArn: v.nullable(v.string()),
  }),
  /**
   * What else was asked, as in the snapshot: the vault's tags, and what was said of the call; at the command line also as
   * whom it was asked and read. Left out: nothing.
   */
  call: v.optional(
    v.object({
      backupVaultTags: v.optional(v.record(v.string(), v.string())),
      context: v.optional(v.record(v.string(), contextValueSchema)),
      profile: v.optional(v.string()),
      evidenceProfile: v.optional(v.string()),
      evidenceRole: v.optional(v.string()),
      organizationRole: v.optional(v.string()),
    }),
  ),
  /**
   * Of a plan: the vault and its key as the tool names them, and the plan's file; `key` null where the plan makes none.
   * `unsettled`: by what the answer may be another when it is applied, each a sentence; left out: by nothing that is known.
   */
  planned: v.optional(
    v.object({
      address: v.string(),
      file: v.string(),
      key: v.nullable(v.string()),
      parameters: v.optional(v.array(v.string())),
      unsettled: v.optional(v.array(v.string())),
    }),
  ),
  blockingLayer: v.nullable(layer),
  /** The first 100 (specification, rule 17). */
  blockers: v.array(blockerSchema),
  /** How many more there are; left out where none. */
  omittedBlockers: v.optional(v.number()),
  suspects: v.array(suspectSchema),
  actions: v.array(actionVerdictSchema),
  fixes: v.array(fixSchema),
  assumptions: v.array(v.string()),
  disagreements: v.array(disagreementSchema),
  evidence: v.array(evidenceCallSchema),
  summary: v.string(),
});
