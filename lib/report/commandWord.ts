import { printable } from "./printable.js";

/** A word of a shell's command. */
export function commandWord(word: string): string {
  const plain = printable(word);
  return /^[\w@%+=:,./*-]+$/.test(plain) && !plain.includes("*") ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
}
