import { BackupClient, type BackupClientConfig } from "@aws-sdk/client-backup";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import { diagnosisPlugin } from "./getDenialDiagnosisPlugin.js";

/**
 * The SDK's BackupClient whose refused CreateBackupVault says which policy layer blocks. It takes the same configuration
 * and, as a second argument, how a denial is diagnosed.
 *
 * @throws InvalidRequestError where an option is wrong
 * @example
 * const client = new DenialAwareBackupClient({ region: "eu-west-1" }, { onDiagnosis: ({ summary }) => console.log(summary) });
 * await client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" }));
 */
export class DenialAwareBackupClient extends BackupClient {
  constructor(configuration: BackupClientConfig = {}, options: DiagnosisOptions = {}) {
    super(configuration);
    this.middlewareStack.use(diagnosisPlugin(options, this.config));
  }
}
