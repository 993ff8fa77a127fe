import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { printable } from "./printable.js";

/**
 * Who, which vault, where, with which key, and as whom the evidence was read: each with its name, fit for printing. What is
 * not known is left out.
 */
export function subjectFacts({ subject, planned, actions, evidence }: Diagnosis): [name: string, text: string][] {
  // With no key named, the key's own row may tell which it is.
  const own = actions.find(({ action, resource }) => action === "kms:DescribeKey" && resource !== "*")?.resource;
  const reader = evidence.find(
    ({ call, status, detail }) => call === "sts:GetCallerIdentity" && status === "answered" && detail,
  );
  const parts: [string, string | null | undefined][] = [
    ["principal", subject.principalArn ?? subject.callerArn],
    ["vault", subject.backupVaultName],
    ["Region", subject.region],
    ["account", subject.accountId],
    ["key", subject.encryptionKeyArn ?? own ?? planned?.key],
    ["planned as", planned === undefined ? null : `${planned.address} of ${planned.file}`],
    ["evidence read as", reader?.detail],
  ];
  return parts.flatMap(([name, text]): [string, string][] => (text == null ? [] : [[name, printable(text)]]));
}
