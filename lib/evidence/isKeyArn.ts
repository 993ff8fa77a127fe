import { parseArn } from "../facts/arn.js";

/** Whether it names a key by its own ARN, and not by an alias. */
export function isKeyArn(keyId: string): boolean {
  return parseArn(keyId)?.resource.startsWith("key/") === true;
}
