import * as v from "valibot";
import { parseArn } from "../facts/arn.js";
import * as names from "../facts/names.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";

/* What the fields of a world are made of. */

export const accountIdField = v.pipe(v.string(), v.regex(names.accountId, "Expected an account id of 12 digits"));
export const name = v.pipe(v.string(), v.nonEmpty("Expected a name"));
/** As "/" (default) or "/team/". */
export const path = v.optional(
  v.pipe(v.string(), v.regex(/^\/(?:.*\/)?$/, 'Expected a path that begins and ends with "/", as /team/')),
);
export const text = v.optional(v.string());
export const texts = v.record(v.string(), v.string());
export const tags = v.optional(texts, {});
export const time = v.pipe(
  v.string(),
  v.check((written) => !Number.isNaN(Date.parse(written)), "Expected an ISO 8601 time, as 2026-11-20T12:00:00Z"),
);
const arn = (service: string, example: string) =>
  v.pipe(
    v.string(),
    v.check((written) => parseArn(written)?.service === service, `Expected an ARN, as ${example}`),
  );
export const managedPolicyArn = arn("iam", "arn:aws:iam::444455556666:policy/CreateVault");
export const keyArnField = arn("kms", "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab");

/** A policy as an object, or its text, which is served as it is, also where it is malformed; null: refused to every reader. */
export const documentSchema = v.union(
  [
    v.string(),
    v.null(),
    v.custom<PolicyDocument>((input) => typeof input === "object" && input !== null && !Array.isArray(input)),
  ],
  "Expected a policy document: a JSON object, its text, or null",
);

export const contextValue = v.union(
  [v.string(), v.array(v.string()), v.null(), v.strictObject({ present: v.literal(true) })],
  "Expected text, a list of texts, null (known to be absent) or { present: true }",
);
