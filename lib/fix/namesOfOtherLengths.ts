/** Shorter names are left to be spared where there are more of them: each would be a pattern of its own. */
const mostShorter = 8;

/**
 * A pattern of vaults without the names that are as long as one that it matches: "prod-*" and "prod-a" make "prod-??*"
 * and "prod-". None where its name has no star, several, or a variable.
 *
 * @param pattern of a vault's ARN
 * @param name of the vault
 */
export function namesOfOtherLengths(pattern: string, name: string): string[] {
  const [, head = "", before = "", after = ""] = /^(.*:)([^:*$]*)\*([^:*$]*)$/s.exec(pattern) ?? [];
  const length = name.length - before.length - after.length;
  // A star in front of the name may stand for what is before it as well.
  if (!head.endsWith(":backup-vault:") || length < 0) return [];
  const shorter = Array.from({ length: length > mostShorter ? 0 : length }, (_, count) => "?".repeat(count));
  return [...shorter, `${"?".repeat(length + 1)}*`].map((middle) => `${head}${before}${middle}${after}`);
}
