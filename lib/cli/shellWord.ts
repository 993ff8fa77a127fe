/** A word as a shell reads it back, whatever is in it: it may come from what somebody else has written. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
