import { isIPv4, isIPv6 } from "node:net";
import { parseArn } from "../facts/arn.js";
import { partitions } from "../facts/vocabulary/partitions.js";
import { resourceSegments, resourceTypes } from "../facts/vocabulary/resourceTypes.js";
import { services } from "../facts/vocabulary/services.js";
import { epochMilliseconds } from "../policy/conditions/epochMilliseconds.js";
import { isPublished, isRegionPattern, publishedLength } from "./published.js";
import type { Segment, SensitiveForm } from "./Redactor.js";

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

/** What only separates: one sign with wildcards beside it, or what stands in an address, an ARN, a list, a default. */
const separator = /^(?:\*+\?*|\?+\*?)?(?:[-_./:@+=, ]|:\/\/|::|, |: |, ?'|')?(?:\*+\?*|\?+\*?)?$/;

const plain = (text: string): Segment => ({ text, form: null });

/**
 * Cuts a name, an ARN, an id or a value into what is the user's and what is AWS's or only separates: words of letters
 * and digits are the user's, and so are signs that stand for more than one separator. A pattern that matches whole words
 * goes on matching them.
 */
export function segmentsOf(text: string): Segment[] {
  if (isPublished(text)) return [plain(text)];
  if (isAddress(text)) return [{ text, form: "address" }];
  const arn = arnSegments(text);
  if (arn !== null) return arn;
  const [first = ""] = text.split(/[/:]/, 1);
  // "role/Deployer", "alias/vaults": what it is attached to, or called.
  if (first !== text && resourceTypes.has(first)) return pathSegments(text);
  return words(text);
}

/** The segments of a condition key's name, of which a user chooses only what follows `aws:PrincipalTag/` and the like. */
export function keySegmentsOf(name: string): Segment[] {
  const length = publishedLength(name);
  const rest = name.slice(length);
  if (length > 0) return [plain(name.slice(0, length)), ...(isPublished(rest) ? [plain(rest)] : words(rest))];
  // A key of an identity provider, as accounts.google.com:sub.
  const [, host = "", claim = ""] = /^([^:/]+):(aud|sub|amr|oaud|app_id|user_id)$/.exec(name) ?? [];
  return claim !== "" && isPublished(host) ? [plain(name)] : words(name);
}

/** A value of a key that holds a time: a time is one segment. */
export function timeSegmentsOf(text: string): Segment[] {
  return epochMilliseconds(text) === null ? segmentsOf(text) : [{ text, form: "time" }];
}

function isAddress(text: string): boolean {
  if (text.length > 50) return false;
  const [, address = "", , mask = ""] = /^([0-9a-fA-F.:]+)(\/([0-9]{1,3}))?$/.exec(text) ?? [];
  return isIPv4(address) || isIPv6(address) || (mask !== "" && /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/.test(address));
}

/** A noncharacter of Unicode, which stands for a colon for a while. */
const hidden = "\uFFFF";

/** Null where the text is no ARN of six parts. */
function arnSegments(text: string): Segment[] | null {
  // The colon of a variable's key separates nothing.
  const arn = parseArn(text.replace(/\$\{[^{}]*\}/g, (one) => one.replaceAll(":", hidden)));
  if (arn === null) return null;
  const shown = (part: string) => part.replaceAll(hidden, ":");
  const [partition, service, region, accountId, resource] = [
    shown(arn.partition),
    shown(arn.service),
    shown(arn.region),
    shown(arn.accountId),
    shown(arn.resource),
  ];
  const known = (part: string, isKnown: boolean) => (isKnown ? [plain(part)] : words(part));
  return [
    plain("arn:"),
    ...known(partition, partitions.has(partition) || isWildcard(partition)),
    plain(":"),
    ...known(service, services.has(service) || service === "" || isWildcard(service)),
    plain(":"),
    ...known(region, isRegionPattern(region)),
    plain(":"),
    ...words(accountId),
    plain(":"),
    ...(service === "s3" ? words(resource) : pathSegments(resource)),
  ];
}

function isWildcard(text: string): boolean {
  return text === "*" || /^\?+$/.test(text);
}

/** A resource: its type stays, as do the paths that AWS reserves and the aliases of its services. */
function pathSegments(resource: string): Segment[] {
  const service = /^alias\/aws\/([a-z0-9-]+)$/.exec(resource)?.[1];
  if (service !== undefined && services.has(service)) return [plain(resource)];
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
  const between = (until: number) => {
    if (until === end) return;
    const signs = text.slice(end, until);
    found.push(separator.test(signs) ? plain(signs) : { text: signs, form: "signs" });
  };
  for (const match of text.matchAll(piece)) {
    between(match.index);
    found.push(...segmentsOfMatch(match[0], match.groups ?? {}));
    end = match.index + match[0].length;
  }
  between(text.length);
  return found;
}

function segmentsOfMatch(text: string, groups: Record<string, string | undefined>): Segment[] {
  if (groups.variable !== undefined) return variableSegments(text);
  const form = forms.find((one) => groups[one.form] !== undefined)?.form ?? "word";
  // AWS's own prefix of tags and keys.
  return [text === "aws" ? plain(text) : { text, form }];
}

/** `${aws:PrincipalTag/team, 'none'}`: the key by its own rule, the default value as a name. `${*}` is a star. */
function variableSegments(text: string): Segment[] {
  if (/^\$\{[*?$]\}$/.test(text)) return [plain(text)];
  const [, key = "", rest = ""] = /^\$\{([^,]*)(.*)\}$/s.exec(text) ?? [];
  return [plain("${"), ...keySegmentsOf(key), ...words(rest), plain("}")];
}
