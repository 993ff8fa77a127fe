/** The text as Markdown shows it literally. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[*_<>[\]$]/g, (character) => `\\${character}`);
}
