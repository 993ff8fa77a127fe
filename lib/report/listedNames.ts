/** Names in a sentence, each once: five at most, and how many more. */
export function listedNames(names: readonly string[]): string {
  const some = [...new Set(names)];
  return some.length > 5 ? `${some.slice(0, 5).join(", ")} and ${some.length - 5} more` : some.join(", ");
}
