/**
 * A text fit for a terminal, a log or a CI system: what moves the cursor, ends a line, turns the direction of writing or
 * cannot be seen (fillers and variation selectors, too) becomes a blank, and what a CI system would take for a command (`##[...]`, `##vso[...]`, `##teamcity[...]`,
 * `::...::`) is broken by one. A name prints as what it is, on one line, and does nothing.
 *
 * @see https://www.unicode.org/reports/tr36/
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 * @see https://www.jetbrains.com/help/teamcity/service-messages.html
 */
export function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu, " ")
    .trim()
    .replace(/##(?=[\w.-]*\[)/g, "# #")
    .replace(/(?<![\w:]):(?=:[ \w-])/g, ": ");
}
