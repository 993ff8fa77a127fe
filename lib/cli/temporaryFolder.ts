import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of one's own, to be removed again; null where none can be made, as in a container whose files cannot be written. */
export function temporaryFolder(): string | null {
  try {
    return mkdtempSync(join(tmpdir(), "backup-vault-access-"));
  } catch {
    return null;
  }
}
