import type { Emulator } from "../../lib/emulator/index.js";

/** The environment in which an ordinary AWS program reaches an emulator as its world's caller. */
export function environmentOf(emulator: Emulator): Record<string, string> {
  const { region, credentials } = emulator.clientConfig();
  return {
    AWS_ENDPOINT_URL: emulator.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken ?? "",
    BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: emulator.auditor.accessKeyId,
    BACKUP_VAULT_ACCESS_EVIDENCE_SECRET_ACCESS_KEY: emulator.auditor.secretAccessKey,
    BACKUP_VAULT_ACCESS_EVIDENCE_SESSION_TOKEN: emulator.auditor.sessionToken ?? "",
  };
}

/** Runs something under other environment variables, and puts the old ones back. */
export async function inEnvironment<T>(variables: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(variables)) {
    if (value === "") delete process.env[name];
    else process.env[name] = value;
  }
  try {
    return await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** Credentials that may read the evidence, where the environment holds them. */
export function evidenceCredentials():
  | { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  | undefined {
  const {
    BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: accessKeyId,
    BACKUP_VAULT_ACCESS_EVIDENCE_SECRET_ACCESS_KEY: secretAccessKey,
    BACKUP_VAULT_ACCESS_EVIDENCE_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
