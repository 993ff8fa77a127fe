import { isNotKnown, notKnown, type Piece } from "../NotKnown.js";
import { scalarText } from "../PlanPlace.js";

/** AWS takes whole templates of at most a megabyte. */
const longest = 1_000_000;

/** What an ARN or a name is put together of are a few. */
const mostPieces = 1000;

/** Texts put together; where some are not known, what is known of the whole. */
export function putTogether(parts: readonly unknown[]): unknown {
  const pieces: Piece[] = [];
  let length = 0;
  for (const part of parts) {
    if (isNotKnown(part)) {
      if (part.pieces === undefined) return part;
      pieces.push(...part.pieces);
    } else {
      const text = scalarText(part);
      if (text === undefined) return notKnown("a text");
      length += text.length;
      const last = pieces.at(-1);
      if (typeof last === "string") pieces[pieces.length - 1] = last + text;
      else pieces.push(text);
    }
    if (length > longest || pieces.length > mostPieces) return notKnown("a text that goes on too long");
  }
  const told = pieces.filter((piece) => piece !== "");
  const open = told.find((piece) => typeof piece !== "string");
  if (open === undefined) {
    const text = told.filter((piece) => typeof piece === "string").join("");
    // A dynamic reference, which the deployment alone tells.
    return text.includes("{{resolve:") ? notKnown(text) : text;
  }
  return notKnown(open.attribute === "Ref" ? open.resource : `${open.resource}.${open.attribute}`, told);
}
