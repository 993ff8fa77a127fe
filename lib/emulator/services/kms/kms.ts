import type { Operation } from "../../Call.js";
import { aliasOperations } from "./aliasOperations.js";
import { cryptographicOperations } from "./cryptographicOperations.js";
import { grantOperations } from "./grantOperations.js";
import { keyOperations } from "./keyOperations.js";

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html */
export const kms: Readonly<Record<string, Operation>> = {
  ...keyOperations,
  ...aliasOperations,
  ...grantOperations,
  ...cryptographicOperations,
};
