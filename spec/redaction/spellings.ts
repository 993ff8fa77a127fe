/** A secret as it is spelled somewhere, and what of it may not be left. */
export interface Spelling {
  text: string;
  needle: string;
}

const word = (n: number) => `zq${n}secret`;
const around =
  (put: (secret: string) => string) =>
  (n: number): Spelling => ({ text: put(word(n)), needle: word(n) });
const whole =
  (spell: (n: number) => string) =>
  (n: number): Spelling => ({ text: spell(n), needle: spell(n) });
const hex = (n: number) => (0x7a + n).toString(16);
const arabic = (number: number) =>
  String(number).replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
const digits = (n: number, length: number) => String(n * 7 + 3).padStart(length, "4155550100");

/**
 * Ways in which somebody's own word can look like one of AWS's, like a pattern, a number or nothing; a number makes the
 * secret of each place its own.
 */
export const spellings: Record<string, (n: number) => Spelling> = {
  "a word": around((secret) => secret),
  "a word in capitals": (n) => ({ text: word(n).toUpperCase(), needle: word(n).toUpperCase() }),
  "a word of another script": whole((n) => `тайна${n}ü`),
  "a word of marks that join": whole((n) => `z\u0301q\u200d${n}x\u0301`),
  "an emoji": whole((n) => `\u{1f9ff}${n}\u{1f9ff}`),
  "a lone surrogate": whole((n) => `\ud83e${n}x`),
  "a Region": around((secret) => `eu-${secret}-1`),
  "a Region of a direction": around((secret) => `${secret}-west-2`),
  "a Region with wildcards": around((secret) => `us-*${secret}*`),
  "a service": around((secret) => `${secret}.amazonaws.com`),
  "a service of China": around((secret) => `${secret}.amazonaws.com.cn`),
  "a service of a Region": around((secret) => `${secret}.us-west-2.amazonaws.com`),
  "a Region of a service": around((secret) => `backup.eu-${secret}-1.amazonaws.com`),
  "a part of a service": around((secret) => `backup.${secret}.amazonaws.com`),
  "an endpoint": around((secret) => `https://${secret}.s3.us-west-2.amazonaws.com/x`),
  "a variable": around((secret) => `$\{titan:${secret}}`),
  "a variable of aws": around((secret) => `$\{aws:${secret}}`),
  "a variable of a tag": around((secret) => `$\{aws:PrincipalTag/${secret}}`),
  "a variable's default": around((secret) => `$\{aws:username, '${secret}'}`),
  "a variable without end": around((secret) => `$\{${secret}`),
  "a variable with nothing before it": around((secret) => `$\{, ${secret}}`),
  "an alias of AWS": around((secret) => `alias/aws/${secret}`),
  "an alias": around((secret) => `alias/${secret}`),
  "an alias's ARN": around((secret) => `arn:aws:kms:us-west-2:444455556666:alias/aws/${secret}`),
  "a policy of AWS": around((secret) => `arn:aws:iam::aws:policy/${secret}`),
  "a policy of AWS's service role": around((secret) => `arn:aws:iam::aws:policy/service-role/AWS${secret}`),
  "an organization's policy of AWS": around((secret) => `arn:aws:organizations::aws:policy/${secret}/p-FullAWSAccess`),
  "a policy's id": around((secret) => `p-${secret}`),
  "a service-linked role": around(
    (secret) =>
      `arn:aws:iam::444455556666:role/aws-service-role/${secret}.amazonaws.com/AWSServiceRoleFor${secret.replace("zq", "")}`,
  ),
  "a service-linked role's name": around((secret) => `role/aws-service-role/x/AWSServiceRoleFor_${secret}`),
  "a reserved path": around((secret) => `role/aws-reserved/${secret}/x`),
  "a path's segment": around((secret) => `role/service-role/${secret}`),
  "a partition": around((secret) => `arn:aws-${secret}:iam::444455556666:role/x`),
  "an ARN of nothing else": around((secret) => `arn:${secret}:${secret}:${secret}:${secret}:${secret}`),
  "an ARN's service": around((secret) => `arn:aws:${secret}:us-west-2:444455556666:x`),
  "an ARN's Region": around((secret) => `arn:aws:sns:us-${secret}-1:444455556666:x`),
  "an ARN's account": around((secret) => `arn:aws:sns:us-west-2:${secret}:x`),
  "a bucket": around((secret) => `arn:aws:s3:::${secret}/*`),
  "an ARN with wildcards": around((secret) => `arn:aws:iam::*:role/*${secret}?`),
  "an ARN with a hidden colon": around((secret) => `arn:aws:iam::$\{aws:${secret}}:role/\uffff`),
  "an action": around((secret) => `kms:${secret}`),
  "an action in AWS's manner": whole((n) => `kms:GetZq${n}secretKey`),
  "an action of no service": around((secret) => `${secret}:GetObject`),
  "an action with wildcards": around((secret) => `s3:*${secret}*`),
  "a condition key": around((secret) => `titan:${secret}`),
  "a condition key of aws": around((secret) => `aws:${secret}`),
  "a condition key of kms": around((secret) => `kms:EncryptionContext:${secret}`),
  "a tag's key": around((secret) => `aws:ResourceTag/${secret}`),
  "a made-up tag's key": around((secret) => `titan:${secret}Tag/x`),
  "a key of a provider": around((secret) => `${secret}.example.com:sub`),
  "an operator": around((secret) => `StringEquals${secret}`),
  "an error": around((secret) => `${secret}Exception: no`),
  "an error of AWS": around((secret) => `AccessDenied: ${secret}`),
  "an inline policy's id": around((secret) => `role_${secret}_inline`),
  "a URL-encoded word": around((secret) => `%7B${secret}%7D`),
  "JSON in a text": around((secret) => `{"${secret}":"${secret}"}`),
  "a day": whole((n) => `19${String(10 + (n % 90))}-04-12`),
  "a time": whole((n) => `2026-11-26T1234567890${n + 10_000}`),
  "a time with words": around((secret) => `2026-11-26T12:00:00Z (${secret})`),
  "an account": whole((n) => digits(n, 12)),
  "a phone number": whole((n) => digits(n, 10)),
  "a long number": whole((n) => digits(n, 30)),
  "an address": whole((n) => `10.${n >> 8}.${n & 255}.77/31`),
  "an address of version 6": whole((n) => `fd00:${n.toString(16)}::beef`),
  "a UUID": whole((n) => `deadbeef-0000-4000-8000-${String(n).padStart(12, "7")}`),
  "an access key": whole((n) => `AKIAZQ${n}SECRET7`),
  "an organization": whole((n) => `o-zq${String(n).padStart(10, "0")}`),
  "an endpoint's id": whole((n) => `vpce-0zq${n}77`),
  "signs alone": whole((n) => `#!${"~".repeat(1 + (n % 7))}%&<>`),
  "separators alone": whole((n) => `-.-/${".".repeat(1 + (n % 7))}--_`),
  "wildcards alone": whole((n) => `*?**?*${"?*".repeat(1 + (n % 7))}`),
  "controls alone": whole((n) => `\u0001\u0002${"\u0003".repeat(1 + (n % 7))}`),
  "signs between words": around((secret) => `a;|${secret}|;b`),
  "a word URL-encoded twice": around((secret) => `%257B%2522${secret}%2522%257D`),
  "letters URL-encoded": whole((n) => `%7A%71${hex(n)}%7B`),
  "letters escaped as in JSON": whole((n) => `\\u007a\\u0071${hex(n)}`),
  "letters escaped as in JavaScript": whole((n) => `\\x7a\\x71\\x${hex(n)}`),
  "letters as entities": whole((n) => `&#x7a;&#113;&#x${hex(n)};`),
  "letters in full width": whole((n) => `\uff5a\uff51${n}\uff53`),
  "letters of mathematics": whole((n) => `\u{1d4cf}\u{1d4c6}${n}\u{1d4c8}`),
  "digits of another script": whole((n) => arabic(4_155_550_100 + n)),
  "an account of another script": whole((n) => arabic(415_555_010_000 + n)),
  "a Region by letters that look alike": whole((n) => `\u0435u-west-${n + 1}`),
  "a Region in full width": whole((n) => `\uff45\uff55-\uff57\uff45\uff53\uff54-${n}`),
  "a service by letters that look alike": whole((n) => `b\u0430ckup${n}.amazonaws.com`),
  "a partition by letters that look alike": around((secret) => `arn:\u0430ws:iam::444455556666:role/${secret}`),
  "a partition with a hidden sign": around((secret) => `arn:a\u200bws:iam::444455556666:role/${secret}`),
  "an ARN over two lines": around((secret) => `arn:aws:iam::\n444455556666:role/${secret}\n/${secret}x`),
  "an ARN cut in its account": whole((n) => `arn:aws:iam::415555${n}\n010077:role/x`),
  "an ARN with tabs": around((secret) => `arn:aws:iam::\t415555010077\t:role\t/${secret}`),
  "an ARN in an ARN": around((secret) => `arn:aws:s3:::arn:aws:iam::415555010077:role/${secret}`),
  "an ARN in capitals": around((secret) => `ARN:AWS:IAM::415555010077:ROLE/${secret.toUpperCase()}`),
  base64: whole((n) => Buffer.from(word(n)).toString("base64")),
  "base64 of JSON": whole((n) => Buffer.from(JSON.stringify({ Sid: word(n) })).toString("base64")),
  "base64 for URLs": whole((n) => Buffer.from(`\u00fb\u00ff${word(n)}`, "latin1").toString("base64url")),
  hexadecimals: whole((n) => Buffer.from(word(n)).toString("hex")),
  "quoted printables": whole((n) => `=7A=71=${hex(n)}`),
  "a mail address": around((secret) => `${secret}.person+tag@${secret}.example.com`),
  "a domain in Punycode": whole((n) => `xn--zq${n}-8na.example`),
  "a token of three parts": whole((n) => `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(word(n)).toString("base64url")}.x`),
  "JSON in JSON": around((secret) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ c: secret }) }) })),
  "JSON with a member that comes twice": around((secret) => `{"Version":"${secret}","Version":"2012-10-17"}`),
  "JSON with a comment": around((secret) => `{"Version":"2012-10-17"/* ${secret} */}`),
  "JSON with something after it": around((secret) => `{"Version":"2012-10-17"} ${secret}`),
  "a policy with members that come twice": around(
    (secret) =>
      `{"Version":"2012-10-17","Statement":[{"Sid":"${secret}","Sid":"a","Effect":"Deny","Action":"${secret}:x","Action":"s3:*","Resource":"*"}]}`,
  ),
  "a policy URL-encoded twice": around((secret) =>
    encodeURIComponent(encodeURIComponent(`{"Version":"2012-10-17","Statement":[{"Sid":"${secret}"}]}`)),
  ),
  "a policy with escaped letters": whole(
    (n) => `{"Version":"2012-10-17","Statement":[{"Sid":"\\u007a\\u0071${n}secret"}]}`,
  ),
  "a prototype": around((secret) => `{"__proto__":{"Sid":"${secret}"},"constructor":"${secret}"}`),
  "blanks alone": whole((n) => ` \u00a0\u2003${"\t".repeat(1 + (n % 7))}`),
  "tags of the hidden plane": whole((n) =>
    Array.from(`zq${n}`, (one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0))).join(""),
  ),
  "a number with a point": whole((n) => `4155550100.${n + 10}`),
  "a number with an exponent": whole((n) => `${4_155_550 + n}e${n % 9}`),
  "a number in hexadecimals": whole((n) => `0x${(0xbeef00 + n).toString(16)}`),
  "an address with a zone": whole((n) => `fe80::${n.toString(16)}%zq${n}`),
  "an address of version 4 in one of version 6": whole((n) => `::ffff:10.${n >> 8}.${n & 255}.77`),
};
