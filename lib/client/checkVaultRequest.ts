import { parsePrincipalArn } from "../facts/arn.js";
import { keyArn, vaultName } from "../facts/names.js";
import { fields, shown, that } from "../options/fieldRule.js";
import { InvalidRequestError } from "../options/InvalidRequestError.js";
import { regionRule } from "../options/optionRules.js";
import type { VaultRequest } from "../question/VaultRequest.js";

const matches = (pattern: RegExp, expected: string) =>
  that((value) => typeof value === "string" && pattern.test(value), expected, shown);

const checkFields = fields(
  {
    backupVaultName: matches(vaultName, "2 to 50 letters, digits, hyphens or underscores"),
    encryptionKeyArn: matches(
      keyArn,
      "the ARN of a KMS key, as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    backupVaultTags: that(
      (value) =>
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every((tag) => typeof tag === "string"),
      "an object of tags, each value a string",
    ),
    principalArn: that(
      (value) => typeof value === "string" && parsePrincipalArn(value) !== null,
      "the ARN of an IAM user or role, as arn:aws:iam::111122223333:role/Deployer",
      shown,
    ),
    region: regionRule,
  },
  "an object with backupVaultName",
);

/**
 * Refuses a request that is not as it must be, before any call.
 *
 * @throws InvalidRequestError naming the field and what was expected
 */
export function checkVaultRequest(request: unknown): asserts request is VaultRequest {
  checkFields(request, "request");
  if ((request as Partial<VaultRequest>).backupVaultName === undefined) {
    throw new InvalidRequestError(
      "request.backupVaultName",
      "is missing; expected 2 to 50 letters, digits, hyphens or underscores",
    );
  }
}
