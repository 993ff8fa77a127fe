/** A map in the query protocol's XML: entries of key and value. */
export class XmlMap {
  constructor(readonly entries: Readonly<Record<string, unknown>>) {}
}

/**
 * Members as the query protocol writes them: lists hold `member` elements, what is undefined is left out.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function toXml(members: Readonly<Record<string, unknown>>): string {
  let xml = "";
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) xml += `<${name}>${content(value)}</${name}>`;
  }
  return xml;
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${content(item)}</member>`).join("");
  if (value instanceof Date) return value.toISOString().replace(/\.\d{3}Z$/, "Z");
  if (value instanceof XmlMap) {
    return Object.entries(value.entries)
      .map(([key, item]) => `<entry><key>${escapeXml(key)}</key><value>${content(item)}</value></entry>`)
      .join("");
  }
  if (typeof value === "object" && value !== null) return toXml(value as Record<string, unknown>);
  return escapeXml(String(value));
}

/** Characters that XML 1.0 cannot hold become U+FFFD; a carriage return would be read as a line feed. */
function escapeXml(text: string): string {
  let escaped = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code === 0x0d || '&<>"'.includes(character)) escaped += `&#${code};`;
    else if ((code < 0x20 && code !== 0x09 && code !== 0x0a) || code === 0xfffe || code === 0xffff) escaped += "\ufffd";
    else escaped += character;
  }
  return escaped;
}
