import * as v from "valibot";
import { accountId } from "../facts/names.js";
import { contextValueSchema } from "../snapshot/snapshotSchema.js";
import { expectationsSchema } from "../testing/expectations/expectationSchema.js";

const text = v.string("expected text");

/** The configuration file of check, snapshot and test; its JSON Schema is generated from it. */
export const configSchema = v.strictObject({
  $schema: v.optional(text),
  /** check and snapshot: the vault's name. */
  vault: v.optional(text),
  /** check and snapshot: the key's ARN. */
  key: v.optional(text),
  /** check and snapshot: whose rights are in question. */
  principal: v.optional(text),
  region: v.optional(text),
  profile: v.optional(text),
  /** Seconds that reading may take. */
  timeout: v.optional(
    v.pipe(v.number("expected a number of seconds above 0"), v.gtValue(0, "expected a number of seconds above 0")),
  ),
  /** Condition keys of the call. */
  context: v.optional(v.record(v.string(), contextValueSchema, "expected an object of condition keys")),
  /** npm run test:live: ids of the accounts in which it may make roles, policies, keys and vaults, and remove them. */
  sandboxAccounts: v.optional(v.array(v.pipe(v.string(), v.regex(accountId, "expected an account id of 12 digits")))),
  /** test: who may create which vaults, and who may not. */
  expectations: v.optional(expectationsSchema),
});
