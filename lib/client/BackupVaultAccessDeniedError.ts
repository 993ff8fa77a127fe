import { BackupServiceException } from "@aws-sdk/client-backup";
import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Layer } from "../facts/layers.js";
import { boundedMessage } from "./boundedMessage.js";

const brand = Symbol.for("backup-vault-access.BackupVaultAccessDeniedError");

/** The refusal as the SDK threw it; what a mock left out is filled in. */
export interface RefusedError extends Error {
  $fault?: "client" | "server";
  $metadata?: BackupServiceException["$metadata"];
  $response?: BackupServiceException["$response"];
}

/** What a BackupVaultAccessDeniedError is as JSON: neither policies nor the HTTP response. */
export interface BackupVaultAccessDeniedJson {
  name: string;
  message: string;
  $fault: "client" | "server";
  $metadata: BackupServiceException["$metadata"];
  blockingLayer: Layer | null;
  blockers: Blocker[];
}

/**
 * The refusal of CreateBackupVault with its explanation. It is still what AWS sent: its `name` (AccessDeniedException),
 * `$fault`, `$metadata` and the first line of its `message`; after that comes a line for each blocker.
 *
 * @see https://repost.aws/knowledge-center/backup-vault-access-denied
 * @example
 * try {
 *   await client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault" }));
 * } catch (error) {
 *   if (!BackupVaultAccessDeniedError.isInstance(error)) throw error;
 *   console.error(error.blockingLayer, error.message); // "key-policy", ...
 * }
 */
export class BackupVaultAccessDeniedError extends BackupServiceException {
  /** The first blocker's layer; null where the diagnosis is inconclusive. */
  readonly blockingLayer: Layer | null;
  /** What really stops the call, the firmest first. */
  readonly blockers: Blocker[];
  /** The whole answer. Not enumerable, so that a logger does not print policies. */
  declare readonly diagnosis: Diagnosis;
  /** The original error, the same object. Not enumerable. */
  declare readonly cause: RefusedError;

  /**
   * @param lines what the message gains after its first line
   */
  constructor(original: RefusedError, diagnosis: Diagnosis, lines: readonly string[]) {
    const [first = ""] = original.message.split(/\r?\n/, 1);
    const message = boundedMessage(first, lines);
    super({
      name: original.name,
      $fault: original.$fault ?? "client",
      $metadata: original.$metadata ?? {},
      message,
    });
    // The SDK's constructors set the prototype to their own.
    Object.setPrototypeOf(this, new.target.prototype);
    this.blockingLayer = diagnosis.blockingLayer;
    this.blockers = diagnosis.blockers;
    const hidden = { enumerable: false, configurable: true, writable: true };
    Object.defineProperties(this, {
      message: { ...hidden, enumerable: true, value: message },
      diagnosis: { ...hidden, value: diagnosis },
      cause: { ...hidden, value: original },
      $response: { ...hidden, value: original.$response },
      [brand]: { value: true },
    });
  }

  /** Whether an error is one of these, also where it comes from another copy of this package. */
  static override isInstance(error: unknown): error is BackupVaultAccessDeniedError {
    try {
      return typeof error === "object" && error !== null && (error as Record<symbol, unknown>)[brand] === true;
    } catch {
      // A proxy that was revoked, a getter that throws: none of ours.
      return false;
    }
  }

  toJSON(): BackupVaultAccessDeniedJson {
    const { name, message, $fault, $metadata, blockingLayer, blockers } = this;
    return { name, message, $fault, $metadata, blockingLayer, blockers };
  }
}
