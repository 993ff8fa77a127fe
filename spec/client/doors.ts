import { BackupClient, type BackupClientConfig, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { Backup, BackupClient as DropInClient } from "../../lib/client/client-backup.js";
import {
  createBackupVault,
  DenialAwareBackupClient,
  type DiagnosisOptions,
  getDenialDiagnosisPlugin,
} from "../../lib/index.js";
import { input } from "./refusals.js";

interface Door {
  name: string;
  /** A client and how it creates a vault by this door. */
  open: (
    config: BackupClientConfig,
    options: DiagnosisOptions,
  ) => { client: BackupClient; create: (abortSignal?: AbortSignal) => Promise<unknown> };
}

function sending(client: BackupClient) {
  return {
    client,
    create: (abortSignal?: AbortSignal) =>
      client.send(new CreateBackupVaultCommand(input), abortSignal === undefined ? {} : { abortSignal }),
  };
}

/** Every way in which a vault is created through this package. */
export const doors: Door[] = [
  {
    name: "createBackupVault",
    open: (config, options) => {
      const client = new BackupClient(config);
      return {
        client,
        create: (abortSignal) =>
          createBackupVault(client, input, abortSignal === undefined ? options : { ...options, abortSignal }),
      };
    },
  },
  {
    name: "getDenialDiagnosisPlugin",
    open: (config, options) => {
      const client = new BackupClient(config);
      client.middlewareStack.use(getDenialDiagnosisPlugin(options));
      return sending(client);
    },
  },
  {
    name: "DenialAwareBackupClient",
    open: (config, options) => sending(new DenialAwareBackupClient(config, options)),
  },
  {
    name: "BackupClient of the drop-in import",
    open: (config, options) => sending(new DropInClient(config, options)),
  },
  {
    name: "Backup of the drop-in import",
    open: (config, options) => {
      const client = new Backup(config, options);
      return {
        client,
        create: (abortSignal) => client.createBackupVault(input, abortSignal === undefined ? {} : { abortSignal }),
      };
    },
  },
];
