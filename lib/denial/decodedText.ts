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

/** By its header, or since every full line of it ends with the sign that it goes on. */
function isQuotedPrintable(text: string): boolean {
  if (!/=\r?\n/.test(text)) return false;
  if (header.test(text)) return true;
  const lines = text.split(/\r?\n/);
  const full = lines.filter((line) => line.length >= widest - 1);
  const isEscaped = /=[0-9A-F]{2}/.test(text);
  return full.length > (isEscaped ? 0 : 1) && full.every((line) => line.length <= widest && line.endsWith("="));
}

function fromQuotedPrintable(text: string): string {
  return text
    .replace(/=[ \t]{0,4}\r?\n/g, "")
    .replace(/(?:=[0-9A-Fa-f]{2})+/g, (bytes) => decodedBytes(bytes.slice(1).split("=")));
}

/** A refusal within an address or a form's field: blanks and colons are written by their number, or as a plus. */
const refusal = /not authorized to|access ?denied|insufficient privileges|CreateBackupVault operation/i;
const rounds = 4;

function fromAddresses(text: string): string {
  if (!/%(?:25){0,4}(?:20|3A)|\w\+\w/i.test(text)) return text;
  return text.replace(/\S+/g, (word) => {
    if (!/%(?:25){0,4}(?:20|3A)/i.test(word)) return word;
    let bare = word;
    for (let round = 0; round < rounds && /%[0-9a-f]{2}/i.test(bare); round += 1) {
      const spaced = /%20/.test(bare) || /%25/.test(bare) ? bare : bare.replace(/\+/g, " ");
      bare = spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) => decodedBytes(bytes.slice(1).split("%")));
      if (refusal.test(bare)) return bare.replace(/&(?=\w{1,40}=)/g, "\n\n");
    }
    return word;
  });
}

function decodedBytes(codes: readonly string[]): string {
  return new TextDecoder().decode(Uint8Array.from(codes, (code) => Number.parseInt(code, 16)));
}
