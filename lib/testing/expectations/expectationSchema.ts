import * as v from "valibot";
import { parsePrincipalArn } from "../../facts/arn.js";
import { layers } from "../../facts/layers.js";
import { keyArn, region, vaultName } from "../../facts/names.js";
import { contextValueSchema } from "../../snapshot/snapshotSchema.js";

/*
 * The one source of an expectation's shape: the TypeScript type is inferred from it and the configuration's JSON Schema is
 * generated from it.
 */

const text = v.pipe(v.string(), v.minLength(1, "expected a text that is not empty"));

const blocked = v.strictObject({
  /** The layer that must block. */
  blockedBy: v.picklist(layers, `expected one of ${layers.join(", ")}`),
  /** The Sid of its statement. */
  statement: v.optional(text),
  /** The name or ARN of its policy. */
  policy: v.optional(text),
  /** Service and resource control policies: the id of the root, organizational unit or account. */
  target: v.optional(text),
});

export const expectationSchema = v.strictObject({
  /** What it is called in reports; left out: a sentence of what it says. */
  name: v.optional(text),
  /** The ARN of the user or role in question; left out: whoever runs it. */
  principal: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (arn) => parsePrincipalArn(arn) !== null,
        "expected the ARN of an IAM user or role, as arn:aws:iam::111122223333:role/Deployer",
      ),
    ),
  ),
  vault: v.pipe(v.string(), v.regex(vaultName, "expected 2 to 50 letters, digits, hyphens or underscores")),
  /** The key's ARN; left out: the AWS managed key, alias/aws/backup. */
  key: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        keyArn,
        "expected the ARN of a KMS key, as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ),
    ),
  ),
  region: v.optional(v.pipe(v.string(), v.regex(region, "expected the name of a Region, as eu-west-1"))),
  tags: v.optional(v.record(v.string(), v.string())),
  /** What else is known of the call: condition keys. */
  context: v.optional(v.record(v.string(), contextValueSchema)),
  expect: v.union([v.literal("allowed"), blocked], 'expected "allowed" or { "blockedBy": LAYER, "statement": SID }'),
  /** An inconclusive diagnosis meets it. Default: false. */
  allowInconclusive: v.optional(v.boolean()),
});

export const expectationsSchema = v.pipe(
  v.array(expectationSchema),
  v.minLength(1, "expected at least one expectation"),
);
