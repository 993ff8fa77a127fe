import type { Diagnosis, EvidenceCall } from "../diagnosis/Diagnosis.js";
import { parsePrincipalArn } from "../facts/arn.js";

/** The principal's account, where IAM was read of another one, of which alone it tells; else null. */
export function accountNotRead({
  evidence,
  subject,
}: {
  evidence: readonly EvidenceCall[];
  subject: Pick<Diagnosis["subject"], "principalArn">;
}): string | null {
  const reader = evidence.find(
    ({ call, status, detail }) => call === "sts:GetCallerIdentity" && status === "answered" && detail,
  );
  const [own, asked] = [reader?.detail, subject.principalArn].map((arn) => parsePrincipalArn(arn ?? "")?.accountId);
  return own === undefined || asked === undefined || own === asked ? null : asked;
}
