import type { Grant } from "../../lib/snapshot/Snapshot.js";
import { type Form, principalForms } from "./principalForms.js";
import type { Question } from "./Question.js";

/** How a grant lets the caller in, and whose account issued it. */
export interface GrantedForm {
  form: Form;
  issuingAccount: string;
}

/**
 * The grants that cover the action for the caller: its operation is listed, and the encryption context fits the constraints.
 * DescribeKey has no encryption context, and no constraint touches it; on CreateGrant constraints limit what may be granted on,
 * and whether a grant covers it is not documented for AWS Backup.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function grantForms(grants: Grant[], keyOwner: string, question: Question): GrantedForm[] {
  const operation = question.action.slice("kms:".length);
  return grants
    .filter((grant) => grant.operations.includes(operation) && fitsConstraints(grant, question))
    .filter(() => operation !== "CreateGrant" || question.undocumented("grant-covers-create-grant"))
    .flatMap((grant) => {
      const issuingAccount = /\d{12}/.exec(grant.issuingAccount ?? "")?.[0] ?? keyOwner;
      const forms = principalForms({ AWS: grant.granteePrincipal ?? [] }, question.principal);
      return forms.map((form) => ({ form, issuingAccount }));
    });
}

function fitsConstraints({ constraints }: Grant, { action, contextValue }: Question): boolean {
  if (constraints === undefined || action === "kms:DescribeKey" || action === "kms:CreateGrant") return true;
  const keys = [contextValue("kms:EncryptionContextKeys") ?? []].flat();
  const holds = (pairs: Record<string, string>) =>
    Object.entries(pairs).every(([name, value]) => contextValue(`kms:EncryptionContext:${name}`) === value);
  const { encryptionContextSubset: subset, encryptionContextEquals: equal } = constraints;
  if (subset !== undefined && !holds(subset)) return false;
  return equal === undefined || (holds(equal) && keys.every((name) => name in equal));
}
