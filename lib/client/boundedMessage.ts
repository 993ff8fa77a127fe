/** The longest message of an error (specification, rule 17), and what its parts may take of it. */
const longest = 8000;
const longestFirst = 4000;
const longestLine = 2000;
/** Room for saying what was left out. */
const reserved = 100;

/**
 * The message of an error, which says what it left out: logs and collectors cut what is longer, and then nobody knows what
 * is missing.
 *
 * @param first AWS's own words
 * @param lines what is added to them, the weightiest first
 */
export function boundedMessage(first: string, lines: readonly string[]): string {
  const kept = [cut(first, longestFirst)];
  let length = kept[0]?.length ?? 0;
  for (const [index, line] of lines.entries()) {
    const shortened = cut(line, longestLine);
    if (length + 1 + shortened.length > longest - reserved) {
      const left = lines.length - index;
      kept.push(`(${left} more ${left === 1 ? "line is" : "lines are"} left out here; error.diagnosis has all of it)`);
      break;
    }
    kept.push(shortened);
    length += 1 + shortened.length;
  }
  return kept.join("\n");
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = length - reserved;
  return `${text.slice(0, end)}... (${text.length - end} characters are left out here)`;
}
