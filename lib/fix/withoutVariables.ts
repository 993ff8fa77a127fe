/** No ARN is longer: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html */
const longestArn = 2_048;

/** A pattern whose policy variables may stand for anything: as stars, or as many as they have letters. */
export function withoutVariables(pattern: string, isAsLong = false): string {
  if (pattern.length > longestArn) return pattern;
  return pattern.replace(/\$\{[^}]*\}/g, (variable) => (isAsLong ? "*".repeat(variable.length) : "*"));
}
