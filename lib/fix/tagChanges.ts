import type { Blocker } from "../diagnosis/Diagnosis.js";
import { matchesText, textPattern } from "../policy/textPattern.js";
import type { Change } from "./Change.js";
import type { Patient } from "./Patient.js";
import { withGivenTags } from "./withGivenTags.js";

/** A test of a tag that the request is to carry. */
export interface TagTest {
  /** As "StringNotEquals", without IfExists. */
  operator: string;
  key: string;
  values: readonly string[];
}

/** Stands for a value that whoever makes the call chooses. */
const anyValue = "VALUE";

/**
 * The vault created with the tag that a rule asks for, which keeps the rule: of a Deny that falls on requests without it, or
 * of an Allow of requests with it. The request needs backup:TagResource then.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html#access_tags_control-requests
 */
export function tagChanges(
  { inquiry }: Patient,
  { layer, effect }: Pick<Blocker, "layer" | "effect">,
  tests: readonly TagTest[],
): Change[] {
  const tags = new Map<string, string>();
  for (const test of tests) {
    const value = valueFor(test, effect === "explicitDeny");
    const [, name] = /^aws:requesttag\/(.+)$/is.exec(test.key) ?? [];
    if (value !== null && name !== undefined) tags.set(name, value);
  }
  if (tags.size === 0) return [];
  const told = [...tags].map(([name, value]) =>
    value === anyValue ? `"${name}"` : `"${name}" with the value "${value}"`,
  );
  const given = Object.fromEntries(tags);
  return [
    {
      fix: {
        layer,
        // Whoever makes the call, whoever owns the rule.
        owner: "account",
        title: `Give the vault the tag ${told.join(" and the tag ")}`,
        policy: null,
        change: "other",
        statement: null,
        backupVaultTags: withGivenTags(inquiry.request.backupVaultTags, given),
        ...([...tags.values()].includes(anyValue) && { note: `${anyValue} stands for a value of yours.` }),
      },
      edits: [{ kind: "tags", tags: given }],
      obstacle: null,
      isFallback: false,
      alsoWidens: [],
    },
  ];
}

/** A value with which a test of a Deny is not met, or one of an Allow is; null where there is none to be told. */
function valueFor({ operator, values }: TagTest, isDeny: boolean): string | null {
  if (operator === "Null") return values.every((one) => one === String(isDeny)) ? anyValue : null;
  const wanted = isDeny ? /^StringNot(Equals|EqualsIgnoreCase|Like)$/ : /^String(Equals|EqualsIgnoreCase|Like)$/;
  if (!wanted.test(operator)) return null;
  const literal = values.find((one) => !/[*?$]/.test(one));
  if (literal !== undefined) return literal;
  const takesAny = operator.endsWith("Like") && values.some((one) => matchesText(textPattern(one), anyValue));
  return takesAny ? anyValue : null;
}
