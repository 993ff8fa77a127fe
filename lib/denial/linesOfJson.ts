import { lineCarriers, loggedLine } from "../facts/denials.js";
import { type CleanLine, cleanLines, emptyLine } from "./cleanLines.js";
import { columnOf, eventOf } from "./eventOf.js";

/**
 * A text that is JSON, or JSON line by line, as lines "name: value": CloudTrail's events, CloudFormation's, errors of the
 * SDKs, structured logs. Each object that says something is a report of its own. Null where the text is no JSON.
 */
export function linesOfJson(text: string): CleanLine[] | null {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return null;
  const whole = parsed(trimmed);
  if (whole !== undefined) return linesOfValue(whole);
  const values: unknown[] = [];
  for (const line of trimmed.split(/\r?\n/)) {
    const value = line.trim() === "" ? null : parsed(line);
    if (value === undefined) return null;
    values.push(value);
  }
  return outputOf(values.filter((value) => value !== null)) ?? values.flatMap((value) => linesOfValue(value));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const part: CleanLine = { ...emptyLine, text: "╷", width: 1, own: 1, parts: true };
const deepest = 24;

/** A value of JSON as such lines. */
export function linesOfValue(value: unknown, depth = 0): CleanLine[] {
  if (typeof value === "string") return [part, ...said("", value)];
  if (typeof value !== "object" || value === null || depth > deepest) return [];
  if (Array.isArray(value)) {
    return outputOf(value) ?? (rowsOf(value) ?? value).flatMap((one) => linesOfValue(one, depth + 1));
  }
  const own: CleanLine[] = [];
  const below: CleanLine[] = [];
  tell(value, own, below, depth);
  return [part, ...own, ...below];
}

/** A list that holds a program's output, a line each; null where it is none. */
function outputOf(list: readonly unknown[]): CleanLine[] | null {
  const lines = list.map((one) => {
    if (typeof one === "string") return { line: one, isLine: true };
    const entries = Object.entries(one ?? {});
    const [name, line] = entries.find(([name, value]) => loggedLine.test(name) && typeof value === "string") ?? [];
    if (name === undefined || entries.some(([, value]) => typeof value === "object" && value !== null)) return null;
    const beside = lineCarriers.find(([carried]) => carried === name)?.[1];
    return { line: String(line), isLine: entries.every(([other]) => other === name || beside?.test(other) === true) };
  });
  const told = lines.flatMap((one) => one ?? []);
  const isOutput = told.every(({ isLine }) => isLine) || told.some(({ line }) => /^(?:$|[\s│╷])/.test(line));
  if (told.length < 2 || told.length < list.length || !isOutput) return null;
  return [part, ...said("", told.map(({ line }) => line.replace(/\r?\n$/, "")).join("\n"))];
}

/**
 * A list that is a row, or the rows, of a query's result: CloudTrail Lake has an object for each cell, CloudWatch Logs its
 * field and value, and Athena the columns' names in its first row.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetQueryResults.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
function rowsOf(list: readonly unknown[]): object[] | null {
  const objects = list.map((one): [string, unknown][] =>
    typeof one === "object" && one !== null ? Object.entries(one) : [],
  );
  const [names, ...rows] = objects.map((cells) => {
    const [name, data] = cells[0] ?? [];
    const textIn = (cell: unknown) => Object.values(cell ?? {}).find((one) => typeof one === "string") ?? "";
    return name === "Data" && Array.isArray(data) ? data.map(textIn) : [];
  });
  if (names?.some((name) => columnOf(name) === "eventName") === true) {
    return rows.map((row) => eventOf(names.map((name, at) => [name, row[at] ?? ""])));
  }
  const cells = objects.flatMap((cell): [string, string][] => {
    const { field, value } = Object.fromEntries(cell);
    const [name, told] = typeof field === "string" ? [field, value] : (cell[0] ?? []);
    return name !== undefined && typeof told === "string" && (name === field || cell.length === 1)
      ? [[name, told]]
      : [];
  });
  if (cells.length < 2 || new Set(cells.map(([name]) => name)).size < list.length) return null;
  return [cells.some(([name]) => columnOf(name) === "eventName") ? eventOf(cells) : Object.fromEntries(cells)];
}

/** Names of what is told first, so that it stands before the words of the refusal as it does in a tool's output. */
const first =
  /^(?:eventName|eventSource|awsRegion|ResourceType|ResourceStatus|userIdentity|requestParameters|name|code|Code|errorCode|__type|type|address)$/;

function tell(value: object, own: CleanLine[], below: CleanLine[], depth: number): void {
  const entries = Object.entries(value).sort(([a], [b]) => Number(first.test(b)) - Number(first.test(a)));
  for (const [name, inner] of entries) {
    if (typeof inner === "string") {
      const nested = /^\s*[[{]/.test(inner) ? parsed(inner) : undefined;
      if (typeof nested === "object" && nested !== null && !Array.isArray(nested)) tell(nested, own, below, depth + 1);
      else if (nested !== undefined) below.push(...linesOfValue(nested, depth + 1));
      else own.push(...said(`${name}: `, inner));
    } else if (typeof inner === "number" || typeof inner === "boolean") {
      own.push(...said(`${name}: `, String(inner)));
    } else if (Array.isArray(inner) && inner.every((one) => typeof one === "string")) {
      // As the frames of a stack.
      own.push(...inner.flatMap((one) => said(`${name}: `, one)));
    } else if (Array.isArray(inner)) {
      below.push(...linesOfValue(inner, depth + 1));
    } else if (inner !== null && depth < deepest) {
      own.push(...said(`${name}:`, ""));
      tell(inner, own, below, depth + 1);
    }
  }
}

/** A value ends with an empty line: what comes after is no part of it. Its name makes its first line no wider. */
function said(name: string, value: string): CleanLine[] {
  const [line = emptyLine, ...more] = cleanLines(value);
  return [{ ...line, text: name + line.text }, ...more, { ...emptyLine, begins: true }];
}
