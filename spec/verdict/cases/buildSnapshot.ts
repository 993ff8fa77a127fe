import { readFileSync } from "node:fs";
import { parseSnapshot } from "../../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../../lib/snapshot/Snapshot.js";

/**
 * What differs from the base, by path: `"caller.userId": null` takes a field away, a trailing `+` appends to a list.
 * A path goes through read evidence by itself: `key.state`, `policies.serviceControl.1.policies+`.
 *
 * - evidence may be its status alone: "none", "notRead", "unreadable"
 * - a list of statements stands for a policy (or a list of one policy) where one is expected
 * - a document "@scp/NAME.json" is a published one, of spec/policy/documents/data
 * - a statement may be a text, "Deny kms:CreateGrant kms:Decrypt", and has Resource "*" where it names none
 */
export type SnapshotPatch = Record<string, Json>;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const situations = readJson("../situations.json") as Record<string, SnapshotPatch>;
const base = readJson("../../examples/allowed.snapshot.json");

/**
 * The specification's `allowed` example with the patches of some situations and then of one case, as parseSnapshot
 * takes it.
 */
export function buildSnapshot(names: string[], patch: SnapshotPatch): Snapshot {
  const document = structuredClone(base) as JsonObject;
  for (const name of names) {
    const situation = situations[name];
    if (situation === undefined) throw new Error(`situations.json has no situation ${name}`);
    apply(document, situation);
  }
  apply(document, patch);
  return parseSnapshot(document);
}

function readJson(path: string): Json {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Json;
}

function apply(document: JsonObject, patch: SnapshotPatch): void {
  for (const [path, value] of Object.entries(patch)) {
    const isAppended = path.endsWith("+");
    const slot = isAppended ? path.slice(0, -1) : path;
    set(document, slot.split("."), written(slot, value), isAppended);
  }
}

function set(node: Json, [name, ...rest]: string[], value: Json, isAppended: boolean): void {
  if (name === undefined || !isContainer(node)) throw new Error(`no such path: ${name ?? ""}`);
  const holder = isRead(node) && name !== "status" && name !== "value" ? node.value : node;
  if (!isContainer(holder)) throw new Error(`no such path: ${name}`);
  const fields = holder as JsonObject;
  if (rest.length > 0) {
    fields[name] ??= {};
    set(fields[name], rest, value, isAppended);
  } else if (isAppended) {
    const list = fields[name];
    const items = isRead(list) ? list.value : list;
    const added = isRead(value) ? value.value : value;
    if (!Array.isArray(items) || !Array.isArray(added)) throw new Error(`${name}+ appends to no list`);
    items.push(...added);
  } else if (value === null && !nullable.has(name)) {
    delete fields[name];
  } else {
    fields[name] = value;
  }
}

/** Fields that may be null: for these null is a value, not a removal. Context keys that are known to be absent, too. */
const nullable = { has: (name: string) => /^(encryptionKeyArn|state|manager|denial|path|document)$|:/.test(name) };

/** The shorthands of one slot, written out. */
function written(slot: string, value: Json): Json {
  if (slot.endsWith(".document") && typeof value === "string") return documentText(value);
  const name = policyNames.find(([pattern]) => pattern.test(slot))?.[1];
  if (value === "none" || value === "notRead") return { status: value };
  if (value === "unreadable") return { status: "unreadable", reason: "AccessDenied: not authorized to look" };
  if (name !== undefined && Array.isArray(value)) {
    const isOne = /permissionsBoundary$|vpcEndpoint$|^key\.policy$/.test(slot);
    const isOnePolicy = value.length > 0 && value.every(isStatement);
    const policies = isOnePolicy ? [policyOf(name, value)] : value.map((item) => policyIn(name, item));
    if (isOne) return { status: "read", value: policies[0] ?? policyOf(name, []) };
    return isEvidence(slot) ? { status: "read", value: policies } : policies;
  }
  if (/^key\.(grants|aliases)$|^simulation$|^dryRun$|^cloudTrail$/.test(slot) && Array.isArray(value)) {
    return { status: "read", value };
  }
  if (/^policies\.(serviceControl|resourceControl)$/.test(slot) && Array.isArray(value)) {
    return { status: "read", value: value.map(target) };
  }
  if (/^(key\.tags|caller\.tags|caller\.sessionTags|key\.organization|organization)$/.test(slot) && isObject(value)) {
    return { status: "read", value };
  }
  return value;
}

const policyNames: [RegExp, string][] = [
  [/^policies\.identity$/, "Identity"],
  [/^policies\.permissionsBoundary$/, "Boundary"],
  [/^policies\.session$/, "Session"],
  [/^policies\.serviceControl\.\d\.policies$/, "Guard"],
  [/^policies\.resourceControl\.\d\.policies$/, "Fence"],
  [/^policies\.vpcEndpoint$/, "Endpoint"],
  [/^key\.policy$/, "default"],
];

function isEvidence(slot: string): boolean {
  return slot === "policies.identity" || slot === "policies.session";
}

function target(value: Json): Json {
  if (!isObject(value) || !Array.isArray(value.policies)) return value;
  const { policies } = value;
  const isOnePolicy = policies.length > 0 && policies.every(isStatement);
  return {
    ...value,
    policies: isOnePolicy ? [policyOf("Guard", policies)] : policies.map((item) => policyIn("Guard", item)),
  };
}

/** A policy that is written out, or with `statements` for its document. */
function policyIn(name: string, value: Json): Json {
  if (!isObject(value)) throw new Error(`neither a policy nor a statement: ${JSON.stringify(value)}`);
  const { statements, ...policy } = value;
  const named = { name, ...policy };
  if (Array.isArray(statements)) return { ...named, document: documentOf(statements) };
  return typeof policy.document === "string" ? { ...named, document: documentText(policy.document) } : named;
}

function documentText(text: string): string {
  if (!text.startsWith("@")) return text;
  return readFileSync(new URL(`../../policy/documents/data/${text.slice(1)}`, import.meta.url), "utf8");
}

function policyOf(name: string, statements: Json[]): JsonObject {
  const isEndpoint = name === "Endpoint";
  return { name, document: documentOf(statements), ...(isEndpoint ? { attachedTo: "vpce-0123456789abcdef0" } : {}) };
}

function documentOf(statements: Json[]): JsonObject {
  return { Version: "2012-10-17", Statement: statements.map(statementOf) };
}

function isStatement(value: Json): boolean {
  return typeof value === "string" || (isObject(value) && "Effect" in value);
}

function statementOf(value: Json): Json {
  if (typeof value === "string") {
    const [Effect = "", ...Action] = value.split(" ");
    return { Effect, Action, Resource: "*" };
  }
  return isObject(value) && !("Resource" in value) && !("NotResource" in value) ? { ...value, Resource: "*" } : value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isContainer(value: Json): value is JsonObject | Json[] {
  return typeof value === "object" && value !== null;
}

function isRead(value: Json | undefined): value is { status: "read"; value: Json } {
  return isObject(value) && value.status === "read" && value.value !== undefined;
}
