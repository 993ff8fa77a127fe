import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { commandWord } from "./commandWord.js";

/** The flag that says in which Region; nothing where it is not known. */
export function regionFlag(subject: Diagnosis["subject"]): string {
  return subject.region == null ? "" : ` --region ${commandWord(subject.region)}`;
}

/** The flags that say where; a vault's name is always needed, the rest only where it is known. */
export function placeFlags(
  subject: Diagnosis["subject"],
  wanted: readonly ("vault" | "account" | "principal")[],
): string {
  const flags: [string, string | null | undefined][] = [
    ["--vault", wanted.includes("vault") ? (subject.backupVaultName ?? "NAME") : null],
    ["--account", wanted.includes("account") ? subject.accountId : null],
    ["--region", subject.region],
    ["--key", subject.encryptionKeyArn],
    ["--principal", wanted.includes("principal") ? subject.principalArn : null],
  ];
  return flags.map(([flag, value]) => (value == null ? "" : ` ${flag} ${commandWord(value)}`)).join("");
}
