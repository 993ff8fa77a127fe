import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { commandWord } from "./commandWord.js";
import { inertJson } from "./inertJson.js";
import { regionFlag } from "./placeFlags.js";

/** The AWS CLI's command that makes the very vault that was asked about. */
export function createCommand({ subject }: Diagnosis): string {
  const { encryptionKeyArn: key, backupVaultTags: tags } = subject;
  const flags = [
    regionFlag(subject),
    key == null ? "" : ` --encryption-key-arn ${commandWord(key)}`,
    tags === undefined ? "" : ` --backup-vault-tags ${commandWord(inertJson(tags))}`,
  ];
  return `aws backup create-backup-vault --backup-vault-name ${commandWord(subject.backupVaultName ?? "NAME")}${flags.join("")}`;
}
