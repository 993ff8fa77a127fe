import type { EvidenceMemory } from "../../lib/aws/EvidenceMemory.js";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { type Emulator, startEmulator, type World } from "../../lib/emulator/index.js";
import { toldBy } from "../../lib/evidence/explainRead.js";
import { type ReadFact, reads } from "../../lib/facts/reads.js";
import { accountId, allow, deny, memberWorld } from "../emulator/worlds.js";
import { type Collecting, collected, settings } from "./collected.js";

const seven = [
  "backup:CreateBackupVault",
  "backup-storage:MountCapsule",
  "kms:CreateGrant",
  "kms:GenerateDataKey",
  "kms:Decrypt",
  "kms:RetireGrant",
  "kms:DescribeKey",
];
const attached = { attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"] };
const onKey = (sid: string, effect: "Allow" | "Deny", arn: string) => ({
  Sid: sid,
  Effect: effect,
  Principal: { AWS: arn },
  Action: "kms:*",
  Resource: "*",
});
const root = `arn:aws:iam::${accountId}:root`;
const version = "2012-10-17";

/** The demonstration's worlds, in each of which a role of a member account asks. */
export const worlds: Readonly<Record<string, () => World>> = {
  "may create the vault": () => memberWorld({ role: attached, identity: allow(...seven) }),
  "identity policy lacks MountCapsule": () =>
    memberWorld({ identity: allow(...seven.filter((action) => !action.startsWith("backup-storage:"))) }),
  "boundary is silent": () =>
    memberWorld({ role: attached, identity: allow(...seven), boundary: allow("backup:*", "kms:*") }),
  "service control policy denies": () =>
    memberWorld({ role: attached, identity: allow(...seven), serviceControl: deny("backup:CreateBackupVault") }),
  "key policy without its root statement": () =>
    memberWorld({
      role: attached,
      identity: allow(...seven),
      keyPolicy: { Version: version, Statement: [onKey("Admin", "Allow", `arn:aws:iam::${accountId}:role/Admin`)] },
    }),
  "key policy denies the caller": () =>
    memberWorld({
      role: attached,
      identity: allow(...seven),
      keyPolicy: {
        Version: version,
        Statement: [
          onKey("Account", "Allow", root),
          onKey("NotDeployer", "Deny", `arn:aws:iam::${accountId}:role/team/Deployer`),
        ],
      },
    }),
};

/** The reads of a role's diagnosis. */
export const rights: readonly string[] = Object.entries<ReadFact>(reads)
  .filter(([, { isFree, onDemand }]) => isFree !== true && onDemand !== true)
  .map(([name]) => name)
  .filter((name) => !/User|Group|ListParents/.test(name));

export const pairs: readonly [string, string][] = rights.flatMap((one, index) =>
  rights.slice(index + 1).map((other): [string, string] => [one, other]),
);

/** What is told in one world with some rights taken away. */
export interface Cell {
  diagnosis: Diagnosis;
  /** Outcome and blockers, or suspects where inconclusive. */
  text: string;
}

/**
 * Serves a world and diagnoses it as often as needed, each time with some rights taken away from every reader. What the
 * emulator answers is asked for once; a right that is taken away refuses its answer.
 */
export async function withWorld<T>(
  world: World,
  use: (tell: (without: readonly string[]) => Promise<Cell>) => Promise<T>,
  asked: Pick<Collecting, "request" | "withoutKey"> = {},
): Promise<T> {
  const emulator = await startEmulator({ world });
  const answers: EvidenceMemory = new Map();
  const diagnosed = new Map<string, Cell>();
  try {
    return await use((without) => cell(emulator, answers, diagnosed, without, asked));
  } finally {
    await emulator.stop();
  }
}

/** The answers of a reader who lacks some rights. */
class Refusing extends Map<string, Promise<unknown>> {
  constructor(
    private readonly answers: EvidenceMemory,
    private readonly without: readonly string[],
  ) {
    super();
  }

  override get size(): number {
    return this.answers.size;
  }

  override get(question: string): Promise<unknown> | undefined {
    const [, , service, operation] = JSON.parse(question) as string[];
    const right = `${service}:${operation}`;
    if (!this.without.includes(right)) return this.answers.get(question);
    // All refused alike, so that sets of rights of which the same is left read the same.
    const refusal = Promise.reject(Object.assign(new Error("refused"), { name: "AccessDeniedException" }));
    refusal.catch(() => undefined);
    return refusal;
  }

  override set(question: string, answer: Promise<unknown>): this {
    this.answers.set(question, answer);
    return this;
  }

  override delete(question: string): boolean {
    return this.answers.delete(question);
  }
}

async function cell(
  emulator: Emulator,
  answers: EvidenceMemory,
  diagnosed: Map<string, Cell>,
  without: readonly string[],
  asked: Pick<Collecting, "request" | "withoutKey">,
): Promise<Cell> {
  const caller = { ...settings(emulator), requestHandler: emulator.requestHandler };
  const { snapshot } = await collected(emulator, {
    ...asked,
    options: {
      caller,
      evidence: { ...caller, credentials: emulator.auditor },
      memory: new Refusing(answers, without),
    },
  });
  const read = JSON.stringify(snapshot);
  const known = diagnosed.get(read);
  if (known !== undefined) return known;
  const diagnosis = diagnose(snapshot, { fixes: false });
  const told = { diagnosis, text: textOf(diagnosis) };
  diagnosed.set(read, told);
  return told;
}

/**
 * What is wrong with an answer that was given with fewer rights than another: it is more certain, or has a confirmed blocker
 * that the other has not. Null where nothing is.
 */
export function overreach(fewer: Diagnosis, more: Diagnosis): string | null {
  if (fewer.outcome !== "inconclusive" && fewer.outcome !== more.outcome) {
    return `${fewer.outcome} with fewer rights, ${more.outcome} with more`;
  }
  for (const { layer, effect, actions, certainty } of fewer.blockers) {
    const isKnown = more.blockers.some(
      (one) =>
        one.certainty === "confirmed" &&
        one.layer === layer &&
        one.effect === effect &&
        actions.every((action) => one.actions.includes(action)),
    );
    if (certainty === "confirmed" && !isKnown) return `confirms ${layer} ${effect} ${actions.join(" ")}`;
  }
  return null;
}

function textOf({ outcome, blockers, suspects }: Diagnosis): string {
  const told = blockers.map(({ layer, effect, policy, statement, certainty }) => {
    const where = [policy?.name, statement?.sid ?? (statement === null ? null : `statement ${statement.index}`)];
    const named = where.filter((part) => part != null).join(", ");
    return `${layer} ${effect}${named === "" ? "" : ` (${named})`}${certainty === "probable" ? ", probably" : ""}`;
  });
  const open = outcome === "inconclusive" ? [...new Set(suspects.map(({ layer }) => layer))] : [];
  return [outcome, ...told, ...(open.length > 0 ? [`suspects: ${open.join(", ")}`] : [])].join("; ");
}

/** Each world's cells: with every right, without each one, and without pairs where these tell what neither alone does. */
export type Table = Map<string, { full: string; without: Map<string, string> }>;

/** What npm run rights found in one world. */
export interface RightsFigures {
  world: string;
  /** Sets of rights that were taken away. */
  sets: number;
  /** Different answers among them. */
  answers: number;
  /** By outcome. */
  outcomes: Record<string, number>;
  /** Of all pairs of sets that differ by one right, those in which fewer rights gave a more certain answer. */
  comparisons: number;
  overreaches: number;
}

/** The rights of which npm run rights takes away every set: the others decide nothing in these worlds but by conditions. */
export const decidingRights: readonly string[] = rights.filter(
  (right) => !/ListAliases|ListResourceTags|DescribeAccount/.test(right),
);

function figureLines(figures: readonly RightsFigures[]): string[] {
  return [
    "## Every set of rights",
    "",
    `\`npm run rights\` takes away each of the ${2 ** decidingRights.length} sets of ${decidingRights.length} rights (${decidingRights.join(", ")})`,
    "in each world, and compares every set with every one that has one right more: with fewer rights an answer must not be",
    "more certain, and must confirm no blocker that the other does not.",
    "",
    "| world | sets | different answers | blocked | allowed | inconclusive | comparisons | overreaches |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...figures.map(
      ({ world, sets, answers, outcomes, comparisons, overreaches }) =>
        `| ${world} | ${sets} | ${answers} | ${outcomes.blocked ?? 0} | ${outcomes.allowed ?? 0} | ${outcomes.inconclusive ?? 0} | ${comparisons} | ${overreaches} |`,
    ),
    "",
  ];
}

/** The page docs/permissions.md. */
export function renderPermissions(table: Table, figures: readonly RightsFigures[]): string {
  const lines = [
    "# What the tool itself needs to read",
    "",
    "Every read, the permission it needs, and what stays unknown without it. The collectors explain refused reads by the same",
    "table. `sts:GetCallerIdentity` needs no permission. Where a read is refused, the IAM policy simulator stands in as far as it",
    "can tell the layer.",
    "",
    "| permission | what stays unknown without it |",
    "| --- | --- |",
    ...Object.entries<ReadFact>(reads)
      .filter(([, { isFree }]) => isFree !== true)
      .map(
        ([name, read]) =>
          `| [${name}](${read.source}) | ${toldBy(read)}${read.onDemand === true ? " (only where asked for)" : ""} |`,
      ),
    "",
    "## What is told when rights are missing",
    "",
    "Measured against the emulator by `spec/evidence/permissions.journey.ts`, which makes this page (`UPDATE_PERMISSIONS=1`): a role",
    "in a member account asks, the evidence is read with every right but one, and but two, for all pairs. Rights that are not",
    "listed under a world change nothing in it; a pair that is not listed tells what one of the two alone does, or all rights do.",
    "In no case is a confirmed blocker wrong.",
    "",
  ];
  lines.splice(lines.indexOf("## What is told when rights are missing"), 0, ...figureLines(figures));
  for (const [name, { full, without }] of table) {
    lines.push(`### World: ${name}`, "", `With every right: ${full}.`, "");
    const changed = [...without].filter(([, text]) => text !== full);
    if (changed.length === 0) lines.push("No right, and no pair of rights, changes this.", "");
    else {
      lines.push("| without | what is told |", "| --- | --- |");
      lines.push(...changed.map(([right, text]) => `| ${right} | ${text} |`), "");
    }
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
