/** 1-based. */
export interface Position {
  Line: number;
  Column: number;
}

/**
 * Where each statement stands in a policy's text, as the simulator tells it (aws-behaviour, simulator-positions): from
 * just after the opening bracket (later statements: from the comma before them) to one past the closing brace. Empty
 * where the text is not a policy.
 */
export function statementPositions(text: string): { start: Position; end: Position }[] {
  const spans = statementSpans(text);
  return spans.map(({ from, to }) => ({ start: positionAt(text, from), end: positionAt(text, to) }));
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { Line: before.length, Column: (before.at(-1)?.length ?? 0) + 1 };
}

function statementSpans(text: string): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  let depth = 0;
  let inStatement = false;
  let from = 0;
  let key = "";
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') {
      const end = endOfText(text, index);
      if (depth === 1) key = text.slice(index + 1, end);
      index = end;
    } else if (character === "[" || character === "{") {
      depth += 1;
      if (depth === 2 && key === "Statement") {
        inStatement = true;
        from = index + 1;
      }
    } else if (character === "]" || character === "}") {
      const closesListed = character === "}" && depth === 3;
      const closesSingle = character === "}" && depth === 2;
      if (inStatement && (closesListed || closesSingle)) {
        spans.push({ from, to: index + 1 });
        from = index + 1;
      }
      depth -= 1;
      if (depth === 1) inStatement = false;
    }
  }
  return spans;
}

/** The closing quote of the text that opens at an index. */
function endOfText(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === '"') return index;
  }
  return text.length;
}
