import { requiredActions, tagAction } from "../facts/actions.js";
import {
  messageOperations,
  operationForms,
  otherVaultCreations,
  terraformDoings,
  vaultTypes,
} from "../facts/denials.js";
import type { Block } from "./blocksOf.js";
import type { Squeezed } from "./squeeze.js";
import { valueIn } from "./valueIn.js";

/** An operation that a tool names, and where. */
interface Named {
  operation: string;
  at: number;
}

/**
 * The operations of refusals that follow each other: by AWS's words, else by the tool's before them, else by the tool's after
 * them. One that a refusal has behind it is not the next one's, which has its own behind it, too.
 */
export function operationsOf(squeezed: Squeezed, blocks: readonly Block[]): (string | null)[] {
  let taken = -1;
  return blocks.map((block) => {
    const before = toolOperation(squeezed, block.from, squeezed.text.slice(block.from, block.at), "last");
    const after = toolOperation(squeezed, block.at, squeezed.text.slice(block.at, block.to), "first");
    const own = before === null || (after !== null && before.at === taken) ? after : before;
    const operation = operationOf(squeezed, block, own?.operation ?? null);
    taken = after !== null && (own === after || after.operation === operation) ? after.at : -1;
    return operation;
  });
}

function operationOf(squeezed: Squeezed, block: Block, tools: string | null): string | null {
  const action = block.words?.reading.kind === "action" ? block.words.reading.action : null;
  const [service = "", verb = ""] = action?.split(":") ?? [];
  const before = squeezed.text.slice(block.from, block.at);
  const after = squeezed.text.slice(block.at, block.to);
  if (block.words?.nameVaultCreation === true || /^backup-storage$/i.test(service)) {
    return tools !== null && otherVaultCreations.has(tools) ? tools : "CreateBackupVault";
  }
  // Other actions are asked of a caller within another operation, too.
  if (action !== null && !/^(?:kms|iam)$/i.test(service) && action.toLowerCase() !== tagAction.toLowerCase()) {
    return spelled(verb);
  }
  const making = vaultTypes.find(({ type }) => type.test(before + after))?.making;
  if (making === undefined) return tools;
  if (making === null) return tools ?? "CreateBackupVault";
  if (making.test(before)) return "CreateBackupVault";
  if (/DELETE_FAILED|DeleteResource|Operation:DELETE/.test(before)) return "DeleteBackupVault";
  if (tools !== null) return tools;
  if (/UPDATE_FAILED|UpdateResource|Operation:UPDATE/.test(before)) return "UpdateResource";
  // For none but a new vault its handler asks for a key.
  return requiredActions.some((one) => one === action) ? "CreateBackupVault" : null;
}

/** An action's verb is an operation's name but for the letters' case. */
function spelled(verb: string): string {
  return verb.toLowerCase() === "createbackupvault" ? "CreateBackupVault" : verb;
}

/** The clients for Java and .NET have each operation twice; Ruby's names are in small letters. */
function named(value: string): string {
  const name = value.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace(/Async$/, "");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function toolOperation(squeezed: Squeezed, from: number, text: string, which: "first" | "last"): Named | null {
  const all: Named[] = [];
  const consider = (at: number, operation: string) => {
    if (operation !== "") all.push({ at: from + at, operation });
  };
  for (const { form, isBefore } of operationForms) {
    if (isBefore === true && which === "first") continue;
    for (const match of text.matchAll(form)) {
      const whole = named(match[1] ?? "");
      // No operation's name is the beginning of this one.
      const isWhole = whole === "CreateBackupVault";
      consider(match.index, isWhole ? whole : named(valueIn(squeezed, from, match, form)));
    }
  }
  const small = text.toLowerCase();
  for (const [phrase, operation] of [...terraformDoings, ...messageOperations]) {
    const at = which === "last" ? small.lastIndexOf(phrase) : small.indexOf(phrase);
    if (at >= 0 && !terraformDoings.some(([longer]) => longer.length > phrase.length && small.startsWith(longer, at))) {
      consider(at, operation);
    }
  }
  const sorted = all.sort((a, b) => a.at - b.at);
  return (which === "last" ? sorted.at(-1) : sorted[0]) ?? null;
}
