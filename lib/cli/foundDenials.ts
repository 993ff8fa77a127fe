import type { FoundDenial } from "../denial/FoundDenial.js";
import { isSeenDenial } from "../denial/isSeenDenial.js";
import type { OtherFailure } from "../denial/otherFailureOf.js";
import { readDenials } from "../denial/readDenials.js";
import { credentialFailures, denialNames } from "../facts/denials.js";
import { printable } from "../report/printable.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { readInput } from "./readInput.js";

/** The refusals that a file tells of: those of the vault's creation, and the others. */
export interface FileDenials {
  ours: FoundDenial[];
  others: FoundDenial[];
}

/**
 * Reads the file of `--error`.
 *
 * @throws CliError where it tells of no refusal that may be of CreateBackupVault, naming what it tells of
 */
export async function readErrorFile(file: string, io: CliIo): Promise<FileDenials> {
  const text = await readInput("--error", file, io);
  if (text.trim() === "") throw new CliError(`--error ${file}: expected the text of the refusal, found none`);
  const found = denialsOf(text);
  if (found.ours.length > 0) return found;
  const expected = `--error ${file}: expected a refusal of CreateBackupVault for lack of rights (AccessDeniedException)`;
  if (found.others.length > 0) throw new CliError(`${expected}, found ${found.others.map(named).join("; ")}`);
  throw new CliError(`${expected}, found ${otherwise(found.otherFailure)}`);
}

/** What a text tells that is no refusal, and what to do where that is of credentials. */
export function otherwise(other: OtherFailure | null): string {
  if (other === null) return "a text that says nothing of one";
  // AWS's words behind the name tell a clock that is wrong.
  const remedy = credentialFailures.find(([name]) => name.test(other.name) || name.test(other.words))?.[1];
  return remedy === undefined ? other.name : `${other.name}. ${remedy}`;
}

/**
 * The refusals in a text: those that say to be of CreateBackupVault, else those that do not say of what they are. Of one call
 * that was refused again in other words, the last is the state now.
 */
export function denialsOf(text: string): FileDenials & { otherFailure: OtherFailure | null } {
  const { denials, otherFailure } = readDenials(text);
  const sure = denials.filter(({ ofVaultCreation, since }) => ofVaultCreation === "yes" && since !== "refused");
  const open = denials.filter(({ ofVaultCreation }) => ofVaultCreation === "open");
  const ours = sure.length > 0 ? sure : open;
  const others = denials.filter((denial) => !ours.includes(denial));
  if (denials.length > 0 || otherFailure !== null) return { ours, others, otherFailure };
  const bare = bareDenial(text);
  return { ours: bare === null ? [] : [bare], others, otherFailure };
}

/** Nothing but the words by which a refusal is told: a text with others may be anybody's, git's or a registry's. */
const saysNoMore =
  /^(?:[\s\p{P}\p{S}]|(?:(?:a|an|the|error|errors?|http|https|status|statuscode|code|response|server|request|returned|with|failed|failure|was|is|403|forbidden|access|accessdenied|denied|exception|unknown|unknownerror|not|authorized|unauthorized|you|are|to|perform|this|action|operation|insufficient|privileges|create|creating|createbackupvault|backup|vault|aws|user|caller)(?![\p{L}\d]))){1,400}$/iu;

/** A text that says no more than that it is a refusal, as "403 Forbidden". */
function bareDenial(text: string): FoundDenial | null {
  const message = text.trim();
  if (!saysNoMore.test(message) || !isSeenDenial({ name: "Unknown", message })) return null;
  const [name = "AccessDeniedException"] = denialNames;
  return {
    denial: { name, message: printable(message) },
    reading: { kind: "opaque" },
    operation: null,
    ofVaultCreation: "open",
    principalArn: null,
    accountId: null,
    region: null,
    backupVaultName: null,
    encryptionKeyArn: null,
  };
}

/** A refusal that is not explained, in a few words: what it is of, and whose. */
export function named({ operation, principalArn, userName, reading, backupVaultName, since }: FoundDenial): string {
  const of = operation ?? (reading.kind === "action" ? reading.action : "an operation that is not named");
  const whom = principalArn ?? userName ?? null;
  const which = backupVaultName === null ? "" : ` (vault ${backupVaultName})`;
  const words =
    reading.kind === "action" && reading.action !== `backup:${operation}` ? ` for lack of ${reading.action}` : "";
  const later = since === "refused" ? `${words}, which was refused in other words later: that is the state now` : "";
  return printable(`a refusal of ${of}${which}${whom === null ? "" : ` to ${whom}`}${later}`);
}
