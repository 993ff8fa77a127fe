/**
 * The text of bytes, in the encoding that their byte order mark names, else UTF-8; the mark is no part of it. PowerShell
 * writes UTF-16 where it redirects.
 */
export function decoded(bytes: Uint8Array): string {
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
