import type { Fix } from "../diagnosis/Diagnosis.js";

/** Who can make a fix, as reports call them. */
export const ownerNames: Readonly<Record<Fix["owner"], string>> = {
  account: "the account's administrator",
  organization: "the organization's administrator",
  "key-owner": "the key's owner",
};
