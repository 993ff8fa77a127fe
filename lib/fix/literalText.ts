/**
 * A text as a condition's value or a resource that matches itself alone: IAM allows `*`, `?` and `$` in the paths of
 * users and roles, where a pattern has wildcards and variables. Documents before 2012-10-17 have no such escape, so that
 * nothing matches there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (special characters)
 */
export function literalText(text: string): string {
  return text.replace(/[*?$]/g, (character) => `\${${character}}`);
}
