/**
 * A line of words among commands. An interactive zsh has no comments, it runs what stands behind "#"; a word that a command
 * of no effect is given does nothing in any shell. An apostrophe, which would end the word, becomes the typographic one.
 *
 * @param text on one line
 * @see https://zsh.sourceforge.io/Doc/Release/Shell-Grammar.html#Comments
 */
export function shellNote(text: string): string {
  return `: '${text.replaceAll("'", "’")}'`;
}
