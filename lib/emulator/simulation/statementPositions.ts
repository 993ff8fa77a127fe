/** 1-based. */
export interface Position {
  Line: number;
  Column: number;
}

export interface StatementPosition {
  start: Position;
  end: Position;
}

/**
 * Where each statement stands in a policy's text, as the simulator tells it (aws-behaviour, simulator-positions): from
 * just after the opening bracket (later statements: from the comma before them) to one past the closing brace. Empty
 * where the text is not a policy.
 */
export function statementPositions(text: string): StatementPosition[] {
  const at = positionsAlong(text);
  return statementSpans(text).map(({ from, to }) => ({ start: at(from), end: at(to) }));
}

/** Tells the position of one offset after the other, none of them before the last: the text is walked once. */
function positionsAlong(text: string): (offset: number) => Position {
  let line = 1;
  let start = 0;
  let end = text.indexOf("\n");
  return (offset) => {
    while (end >= 0 && end < offset) {
      line += 1;
      start = end + 1;
      end = text.indexOf("\n", start);
    }
    return { Line: line, Column: offset - start + 1 };
  };
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
