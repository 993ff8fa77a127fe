import { timeKeys } from "../facts/conditionKeys.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import { parseOperator } from "../policy/parseOperator.js";
import { type Fields, isFields } from "../policy/policyFields.js";
import { readDocument } from "../policy/readDocument.js";
import { isActionPattern } from "./published.js";
import type { Redactor } from "./Redactor.js";

/** Deeper than any policy; what lies below tells nothing to the diagnosis. */
const deepest = 40;

/** A policy document without what is the user's: text stays text, and what cannot be read as JSON goes as a whole. */
export function redactDocument(
  document: string | PolicyDocument | null,
  redactor: Redactor,
): string | PolicyDocument | null {
  if (document === null) return null;
  const read = readDocument(document);
  if ("problem" in read) return typeof document === "string" ? redactor.free(document, "redacted") : "redacted";
  const redacted = redactFields(read.fields, redactor);
  return typeof document === "string" ? JSON.stringify(redacted) : (redacted as unknown as PolicyDocument);
}

function redactFields(document: Fields, redactor: Redactor): Fields {
  return mapped(document, redactor, {
    Version: (value) => texts(value, redactor.name, redactor),
    Id: (value) => texts(value, redactor.name, redactor),
    Statement: (value) =>
      Array.isArray(value) ? value.map((one) => redactStatement(one, redactor)) : redactStatement(value, redactor),
  });
}

function redactStatement(statement: unknown, redactor: Redactor): unknown {
  if (!isFields(statement)) return anything(statement, redactor);
  const names = (value: unknown) => texts(value, redactor.name, redactor);
  const actions = (value: unknown) => texts(value, (text) => redactAction(text, redactor), redactor);
  const principals = (value: unknown) =>
    isFields(value)
      ? mapped(value, redactor, { AWS: names, Service: names, Federated: names, CanonicalUser: names })
      : names(value);
  return mapped(statement, redactor, {
    Sid: names,
    Effect: (value) => (value === "Allow" || value === "Deny" ? value : names(value)),
    Action: actions,
    NotAction: actions,
    Resource: names,
    NotResource: names,
    Principal: principals,
    NotPrincipal: principals,
    Condition: (value) => redactConditions(value, redactor),
  });
}

/** AWS publishes the names of its actions; of what is none of them the service stays, where it is one. */
export function redactAction(action: string, { name, keyName }: Redactor): string {
  if (isActionPattern(action)) return action;
  return action.includes(":") ? keyName(action) : name(action);
}

function redactConditions(conditions: unknown, redactor: Redactor): unknown {
  if (!isFields(conditions)) return anything(conditions, redactor);
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, tests]) => [
      parseOperator(operator) === null ? redactor.name(operator) : operator,
      isFields(tests)
        ? Object.fromEntries(
            Object.entries(tests).map(([key, value]) => [redactor.keyName(key), redactOperands(key, value, redactor)]),
          )
        : anything(tests, redactor),
    ]),
  );
}

function redactOperands(key: string, value: unknown, redactor: Redactor): unknown {
  return texts(value, (text) => redactValue(key, text, redactor), redactor);
}

/** A value of a condition key. */
export function redactValue(key: string, text: string, { name, time }: Redactor): string {
  return timeKeys.has(key.toLowerCase()) ? time(text) : name(text);
}

/** Known elements by their own rule; of an unknown one its name and all in it are the user's. */
function mapped(fields: Fields, redactor: Redactor, rules: Record<string, (value: unknown) => unknown>): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
      return rule === undefined ? [redactor.name(name), anything(value, redactor)] : [name, rule(value)];
    }),
  );
}

/** A text or a list of texts; numbers stand for their text. */
function texts(value: unknown, redact: (text: string) => string, redactor: Redactor): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return redactNumber(value, redact);
  if (Array.isArray(value)) {
    return value.map((one: unknown) =>
      typeof one === "string"
        ? redact(one)
        : typeof one === "number"
          ? redactNumber(one, redact)
          : anything(one, redactor),
    );
  }
  return anything(value, redactor);
}

function redactNumber(value: number, redact: (text: string) => string): unknown {
  const text = redact(String(value));
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : text;
}

/** JSON of which nothing is known. */
function anything(value: unknown, redactor: Redactor, depth = 0): unknown {
  if (depth > deepest) return null;
  if (typeof value === "string") return redactor.name(value);
  if (typeof value === "number") return redactNumber(value, redactor.name);
  if (Array.isArray(value)) return value.map((one) => anything(one, redactor, depth + 1));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [redactor.name(name), anything(one, redactor, depth + 1)]),
  );
}
