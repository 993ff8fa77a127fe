import { callKind } from "../facts/actions.js";
import {
  type Assumption,
  type Cell,
  type ConditionKeyRow,
  conditionKeyRow,
  type KmsCell,
  listKeys,
  type Origin,
} from "../facts/conditionKeys.js";
import type { ContextKeyState } from "../policy/ContextKeyState.js";
import { givenKeyState } from "../policy/contextLookup.js";
import type { ContextParts } from "./ContextParts.js";
import { type Assumed, originState } from "./originState.js";

/** What is known of one condition key. */
export interface KnownContextKey {
  /** Its spelling, as a person is told it in `dependsOn`. */
  name: string;
  state: ContextKeyState;
  /** What `state` rests on, and what the key is without it; null where it rests on nothing assumed. */
  assumed: { assumption: Assumption; otherwise: ContextKeyState } | null;
}

/**
 * The context that an action is evaluated with: what is known of every condition key, by section 3 of the specification
 * (lib/facts/conditionKeys). The snapshot's own `context` wins over the table.
 */
export function contextOf(parts: ContextParts, action: string): (key: string) => KnownContextKey {
  const kind = callKind(action);
  const operation = kind === "kms" ? action.slice("kms:".length) : "";
  const known = new Map<string, KnownContextKey>();
  const byLetters = new Map<string, KnownContextKey>();
  function stateOf(lower: string, written: string): KnownContextKey {
    const row = conditionKeyRow(lower);
    const given = parts.given.get(lower);
    const name = row !== undefined && row.key.length === lower.length ? row.key : (given?.name ?? written);
    if (given !== undefined && holds(lower, row)) {
      return { name, state: givenKeyState(given.value, listKeys.has(lower)), assumed: null };
    }
    if (row === undefined) return { name, state: ofAnotherService(lower), assumed: null };
    return { name, ...cellState(cellOf(row), row, lower) };
  }

  /** Whether what the snapshot's context says of a key is said of this call. */
  function holds(lower: string, row: ConditionKeyRow | undefined): boolean {
    if (kind === "kms") return row?.ownOnly !== true;
    if (lower.startsWith("kms:") || lower.startsWith("aws:resourcetag/")) return false;
    return kind === "own" || row?.ownOnly !== true;
  }

  function cellOf(row: ConditionKeyRow): Cell {
    if (kind !== "kms") return row[kind];
    return isByOperation(row.kms) ? cellOfOperation(row.kms, operation) : row.kms;
  }

  function cellState(cell: Cell, row: ConditionKeyRow, lower: string): Omit<KnownContextKey, "name"> {
    if (typeof cell === "string") return told(cell, row, lower);
    const { assumption } = cell;
    return {
      state: told(cell.assumed, row, lower).state,
      assumed: { assumption, otherwise: told(cell.otherwise, row, lower).state },
    };
  }

  function told(origin: Origin, row: ConditionKeyRow, lower: string): Assumed {
    const tag = lower.length > row.key.length ? lower.slice(row.key.length) : "";
    return originState(origin, parts, { isForwarded: kind !== "own", isList: row.list === true, tag });
  }

  /**
   * Keys of other services are absent from calls of AWS Backup and KMS, but for those that an identity provider put
   * into the session: OpenID Connect's, whose prefix is the provider's host name.
   */
  function ofAnotherService(lower: string): ContextKeyState {
    const service = lower.slice(0, Math.max(0, lower.indexOf(":")));
    // Stands in a planned policy for what only the apply tells.
    if (service === "plan") return { kind: "unknown", multiValued: false };
    if (parts.knownCaller.isSession && service.includes(".")) return { kind: "unknown", multiValued: false };
    return { kind: "absent" };
  }

  return (key) => {
    const written = byLetters.get(key);
    if (written !== undefined) return written;
    const lower = key.toLowerCase();
    let found = known.get(lower);
    if (found === undefined) {
      found = stateOf(lower, key);
      known.set(lower, found);
    }
    byLetters.set(key, found);
    return found;
  };
}

function isByOperation(cell: KmsCell): cell is Extract<KmsCell, { other: Cell }> {
  return typeof cell === "object" && "other" in cell;
}

const operations = ["CreateGrant", "Decrypt", "GenerateDataKey", "RetireGrant", "DescribeKey"] as const;

function cellOfOperation(cell: Extract<KmsCell, { other: Cell }>, operation: string): Cell {
  const known = operations.find((one) => one.toLowerCase() === operation.toLowerCase());
  return known !== undefined && cell[known] !== undefined ? cell[known] : cell.other;
}
