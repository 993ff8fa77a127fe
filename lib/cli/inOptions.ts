import type { InvalidRequestError } from "../options/InvalidRequestError.js";

/** What people type, for what the library calls by its fields. */
const options: Readonly<Record<string, string>> = {
  "request.backupVaultName": "--vault",
  "request.encryptionKeyArn": "--key",
  "request.backupVaultTags": "--tag",
  "request.principalArn": "--principal",
  "request.region": "--region",
  "options.context": "--context",
  "options.deadline": "--timeout",
  "options.namePrefix": "--prefix",
  "options.olderThan": "--older-than",
};

/** What is wrong with a request, or with how it is asked, in the words of the command line. */
export function inOptions({ field, expected }: InvalidRequestError): string {
  const name = Object.keys(options).find((one) => field === one || field.startsWith(`${one}.`));
  if (name === undefined) return `${field}: ${expected}`;
  const part = field.slice(name.length + 1);
  return `${options[name]}${part === "" ? "" : ` ${part}`}: ${expected.replace("in the client's configuration, ", "")}`;
}
