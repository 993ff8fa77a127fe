/** A document's text as IAM answers it, by RFC 3986: also what encodeURIComponent leaves alone is escaped. */
export function urlEncoded(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Halves of surrogate pairs, which no UTF-8 can hold, become U+FFFD. */
function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
