import type { Segment, SensitiveForm } from "./Redactor.js";
import { isPublished, isRegionPattern, resourceSegments, resourceTypes, services } from "./vocabulary.js";

/** Ids that AWS gives out, with the form that stands for them, before plain words. */
const forms: readonly { form: SensitiveForm; pattern: string }[] = [
  { form: "uuid", pattern: "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}" },
  { form: "mrk", pattern: "mrk-[0-9a-f]{32}" },
  { form: "o", pattern: "o-[a-z0-9]{10,32}" },
  { form: "ou", pattern: "ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}" },
  { form: "r", pattern: "r-[a-z0-9]{4,32}" },
  { form: "p", pattern: "p-[A-Za-z0-9_]{1,128}" },
  { form: "vpce", pattern: "vpce-[0-9a-z]{3,17}" },
  { form: "vpc", pattern: "vpc-[0-9a-z]{3,17}" },
  { form: "uniqueId", pattern: "A(?:IDA|ROA|GPA|NPA|KIA|SIA)[A-Z0-9]+" },
  { form: "account", pattern: "[0-9]{12}" },
  { form: "number", pattern: "[0-9]+" },
];

/** A letter or a digit of any script: all that is not ASCII counts, so that nothing slips through. */
const letter = "[0-9A-Za-z\\u0080-\\u{10ffff}]";
const variable = "\\$\\{[^{}]*\\}";

const piece = new RegExp(
  [
    `(?<variable>${variable})`,
    ...forms.map(({ form, pattern }) => `(?<${form}>(?<!${letter})${pattern}(?!${letter}))`),
    `(?<word>${letter}+)`,
  ].join("|"),
  "gu",
);

const address = /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:\/[0-9]{1,3})?$/;

const plain = (text: string): Segment => ({ text, form: null });

/**
 * Cuts a name, an ARN, an id or a value into what is the user's and what is AWS's or only separates: words of letters
 * and digits are the user's. A pattern that matches whole words goes on matching them.
 */
export function segmentsOf(text: string): Segment[] {
  if (isPublished(text)) return [plain(text)];
  if (address.test(text)) return [{ text, form: "address" }];
  const arn = arnSegments(text);
  if (arn !== null) return arn;
  const [first = ""] = text.split(/[/:]/, 1);
  // "role/Deployer", "alias/vaults": what it is attached to, or called.
  if (first !== text && resourceTypes.has(first)) return pathSegments(text);
  return words(text);
}

/** The segments of a condition key's name, of which a user chooses only what follows `aws:PrincipalTag/` and the like. */
export function keySegmentsOf(name: string): Segment[] {
  const chosen = /^([a-z0-9-]{1,40}:[a-z]{0,40}tag\/|kms:EncryptionContext:)(.*)$/is.exec(name);
  if (chosen !== null) {
    const [, head = "", rest = ""] = chosen;
    return [plain(head), ...(isPublished(rest) ? [plain(rest)] : words(rest))];
  }
  if (/^(?:[a-z0-9-]{1,40}:[a-z0-9]{1,60}|kms:RecipientAttestation:\w{1,20})$/i.test(name)) return [plain(name)];
  const host = /^([^:/]+):([a-z]{1,20})$/.exec(name);
  if (host?.[1] !== undefined && isPublished(host[1])) return [plain(name)];
  return words(name);
}

/** Null where the text is no ARN of six parts. */
function arnSegments(text: string): Segment[] | null {
  const parts = /^(arn):([^:]*):([^:]*):([^:]*):((?:\$\{[^{}]*\}|[^:$])*):(.*)$/s.exec(text);
  if (parts === null) return null;
  const [, , partition = "", service = "", region = "", account = "", resource = ""] = parts;
  if (account === "aws" && service === "iam") return [plain(text)];
  return [
    plain("arn:"),
    ...(/^(?:aws(?:-cn|-us-gov|-eusc|-iso(?:-[a-z])?)?|[*?]+)$/.test(partition)
      ? [plain(partition)]
      : words(partition)),
    plain(":"),
    ...(services.has(service) ? [plain(service)] : words(service)),
    plain(":"),
    ...(isRegionPattern(region) ? [plain(region)] : words(region)),
    plain(":"),
    ...words(account),
    plain(":"),
    ...(service === "s3" ? words(resource) : pathSegments(resource)),
  ];
}

/** A resource: its type stays, as do the paths that AWS reserves. */
function pathSegments(resource: string): Segment[] {
  if (/^role\/aws-service-role\/[a-z0-9.-]+\.amazonaws\.com\/AWSServiceRoleFor[A-Za-z]+$/.test(resource)) {
    return [plain(resource)];
  }
  if (/^alias\/aws\/[a-z0-9-]+$/.test(resource)) return [plain(resource)];
  return resource
    .split(/(\$\{[^{}]*\}|[/:])/)
    .flatMap((segment, index) =>
      (index === 0 && resourceTypes.has(segment)) || resourceSegments.has(segment) || isPublished(segment)
        ? [plain(segment)]
        : words(segment),
    );
}

function words(text: string): Segment[] {
  const found: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(piece)) {
    if (match.index > end) found.push(plain(text.slice(end, match.index)));
    found.push(...segmentsOfMatch(match[0], match.groups ?? {}));
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push(plain(text.slice(end)));
  return found;
}

function segmentsOfMatch(text: string, groups: Record<string, string | undefined>): Segment[] {
  if (groups.variable !== undefined) return variableSegments(text);
  const form = forms.find((one) => groups[one.form] !== undefined)?.form ?? "word";
  // AWS's own prefix of tags and keys.
  return [text === "aws" ? plain(text) : { text, form }];
}

/** `${aws:PrincipalTag/team, 'none'}`: the key by its own rule, the default value as a name. */
function variableSegments(text: string): Segment[] {
  const [, key = "", rest = ""] = /^\$\{([^,]*)(.*)\}$/s.exec(text) ?? [];
  return [plain("${"), ...keySegmentsOf(key), ...(rest === "" ? [] : words(rest)), plain("}")];
}
