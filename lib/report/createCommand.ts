import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { commandWord } from "./commandWord.js";
import { inertJson } from "./inertJson.js";
import { regionFlag } from "./placeFlags.js";

/** The AWS CLI's command that makes the very vault that was asked about. */
export function createCommand({ subject, call }: Diagnosis): string {
  const { encryptionKeyArn: key } = subject;
  const tags = call?.backupVaultTags;
  const flags = [
    regionFlag(subject),
    key == null ? "" : ` --encryption-key-arn ${commandWord(key)}`,
    call?.profile === undefined ? "" : ` --profile ${commandWord(call.profile)}`,
    tags === undefined ? "" : ` --backup-vault-tags ${commandWord(inertJson(tags))}`,
  ];
  return `aws backup create-backup-vault --backup-vault-name ${commandWord(subject.backupVaultName ?? "NAME")}${flags.join("")}`;
}
