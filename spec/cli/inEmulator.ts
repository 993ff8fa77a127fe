import type { Emulator } from "../../lib/emulator/index.js";

/** The environment in which a program reaches the emulator, and nothing that the machine is configured for. */
export function environmentOf(emulator: Emulator): Record<string, string> {
  const { url, auditor } = emulator;
  const { region, credentials } = emulator.clientConfig();
  return {
    AWS_PROFILE: "",
    AWS_CONFIG_FILE: "/nonexistent",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken ?? "",
    BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: auditor.accessKeyId,
    BACKUP_VAULT_ACCESS_EVIDENCE_SECRET_ACCESS_KEY: auditor.secretAccessKey,
    BACKUP_VAULT_ACCESS_EVIDENCE_SESSION_TOKEN: auditor.sessionToken ?? "",
  };
}
