/**
 * A text as it was before a mail or an address carried it: quoted-printable, and percent-encoded where a refusal is in it.
 * Linear in the text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2045#section-6.7
 * @see https://url.spec.whatwg.org/#percent-encoded-bytes
 */
export function decodedText(text: string): string {
  return fromAddresses(isQuotedPrintable(text) ? fromQuotedPrintable(text) : text);
}

const header = /^content-transfer-encoding:\s{0,4}quoted-printable/im;
/** No line of quoted-printable is longer. */
const widest = 76;
/** The sign of equality itself, Escape, or a character that is no letter of ASCII's. */
const escapedSign = /=3D|=1B|=(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F]|F[0-4])=[89AB][0-9A-F]/;
/** A character's bytes are not parted from each other. */
const longestEscape = 12;

/** By its header; or where each sign of equality is an escape, one of them that of itself, or the end of a full line. */
function isQuotedPrintable(text: string): boolean {
  if (!text.includes("=")) return false;
  if (header.test(text)) return /=\r?\n/.test(text);
  if (/=(?![0-9A-F]{2}|[ \t]{0,4}\r?(?:\n|$))/.test(text)) return false;
  const lines = text.split(/\r?\n/);
  if (lines.some((line) => line.length > widest)) return false;
  const broken = lines.filter((line, at) => line.endsWith("=") && at < lines.length - 1);
  if (broken.some((line) => line.length <= widest - longestEscape)) return false;
  if (escapedSign.test(text)) return true;
  const full = lines.filter((line) => line.length === widest);
  return (
    broken.some((line) => line.includes(" ")) && full.filter((line) => line.endsWith("=")).length > full.length / 2
  );
}

function fromQuotedPrintable(text: string): string {
  return text
    .replace(/=[ \t]{0,4}\r?\n/g, "")
    .replace(/(?:=[0-9A-Fa-f]{2})+/g, (bytes) => decodedBytes(bytes.slice(1).split("=")));
}

/** A refusal within an address or a form's field: blanks and colons are written by their number, or as a plus. */
const refusal =
  /authori[sz]|polic(?:y|ies)|den(?:y|ied|ies)|insufficient privileges|when calling the \w+ operation|\b403\b|forbidden/i;
const rounds = 4;

function fromAddresses(text: string): string {
  if (!/%(?:25){0,4}(?:20|3A)|\w\+\w/i.test(text)) return text;
  return text.replace(/\S+(?:\r?\n\S+)*/g, (words, at: number) => {
    if (!/%(?:25){0,4}(?:20|3A)/i.test(words)) return words;
    const lines = words.split(/\r?\n/);
    const whole =
      lines.length > 1 && isBroken(lines, at - text.lastIndexOf("\n", at) - 1) ? decoded(lines.join("")) : null;
    return whole ?? lines.map((line) => decoded(line) ?? line).join("\n");
  });
}

/** Whether one address was broken into lines, which are equally wide then but for the last; something may stand before it. */
function isBroken(lines: readonly string[], before: number): boolean {
  const width = before + (lines[0]?.length ?? 0);
  return lines.every((line, at) => at === 0 || (at < lines.length - 1 ? line.length === width : line.length <= width));
}

/** An address with the refusal in it that it carries; null where it carries none. */
function decoded(word: string): string | null {
  let bare = word;
  for (let round = 0; round < rounds && /%[0-9a-f]{2}/i.test(bare); round += 1) {
    const spaced = /%20/.test(bare) || /%25/.test(bare) ? bare : bare.replace(/\+/g, " ");
    bare = spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) => decodedBytes(bytes.slice(1).split("%")));
    if (refusal.test(bare)) return bare.replace(/&(?=\w{1,40}=)/g, "\n\n");
  }
  return null;
}

function decodedBytes(codes: readonly string[]): string {
  return new TextDecoder().decode(Uint8Array.from(codes, (code) => Number.parseInt(code, 16)));
}
