import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Blocker, Diagnosis, Fix } from "../../lib/diagnosis/Diagnosis.js";
import { obstacles } from "../../lib/fix/obstacles.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { type Judgement, judge } from "../oracle/judge.js";
import { requestedActions } from "../oracle/requestedActions.js";
import { managedByAws, newlyAllowed } from "./gains.js";
import { withFix } from "./withFix.js";

/** What was seen, for a figure that can be told. */
export interface Counts {
  blockers: number;
  verified: number;
  needless: number;
  alternatives: number;
  together: number;
  oracle: number;
  reasons: Record<string, number>;
}

export const noCounts = (): Counts => ({
  blockers: 0,
  verified: 0,
  needless: 0,
  alternatives: 0,
  together: 0,
  oracle: 0,
  reasons: {},
});

const say = (snapshot: Snapshot) => diagnose(snapshot, { fixes: false });
const isNeedless = ({ title }: Fix) => title.startsWith("Nothing of its own");

/** Holds every fix of a snapshot against what it promises; throws where one does not keep it. */
export function checkFixes(snapshot: Snapshot, counts: Counts): void {
  const diagnosis = diagnose(snapshot);
  const { blockers, fixes } = diagnosis;
  const pairs = pairsOf(blockers);
  for (const [index] of blockers.entries()) {
    counts.blockers += 1;
    const own = fixes.filter((fix) => fix.blocker === index);
    const [first] = own;
    expect(first, `a fix or a reason for blocker ${index}`).not.to.equal(undefined);
    if (first === undefined) continue;
    if (first.verified) counts[isNeedless(first) ? "needless" : "verified"] += 1;
    else {
      const reason = Object.entries(obstacles).find(([, text]) => first.note?.includes(text) === true);
      expect(reason, `a reason of the list in "${first.note}"`).not.to.equal(undefined);
      counts.reasons[reason?.[0] ?? ""] = (counts.reasons[reason?.[0] ?? ""] ?? 0) + 1;
    }
    counts.alternatives += Math.max(0, own.length - 1);
  }
  for (const fix of fixes) {
    if (!fix.verified || isNeedless(fix)) continue;
    const fixed = withFix(snapshot, diagnosis, fix);
    const after = say(fixed);
    const left = pairsOf(after.blockers);
    const blocker = blockers[fix.blocker];
    // Fixes of one document show it with the changes of all of them.
    const made = fixes.filter((one) => one === fix || (fix.document && one.document?.after === fix.document.after));
    const isRemoval = made.some(({ change }) => change === "remove-statement");
    const asked = made.flatMap((one) => blockers[one.blocker]?.actions ?? []);
    for (const action of blocker?.actions ?? []) {
      if (blocker !== undefined && !isRemoval) expect([...left], fix.title).not.to.include(pairOf(blocker, action));
    }
    if (!isRemoval) {
      expect(
        [...left].filter((pair) => !pairs.has(pair)),
        `nothing new blocks: ${fix.title}`,
      ).to.deep.equal([]);
    }
    expect(changedAwsManaged(snapshot, fixed), `what AWS manages: ${fix.title}`).to.equal(false);
    const gains = newlyAllowed(snapshot, fixed, fix, asked);
    for (const who of new Set(gains.map(({ principal }) => principal))) {
      const told = toldOf(fix, who === snapshot.caller.arn ? callerOf(snapshot) : othersOf(snapshot));
      const gained = [...new Set(gains.filter((gain) => gain.principal === who).map(({ action }) => action))];
      const unnamed = gained.filter((action) => !told.some((what) => what.includes(action)));
      expect(unnamed.length, `widens tells ${unnamed.join(", ")} by ${who}: ${fix.title}`).to.be.at.most(moreOf(told));
    }
    counts.oracle += agreesWithOracle(fixed, after);
  }
  checkTogether(snapshot, diagnosis, counts);
}

/** What a fix says that somebody gains. */
function toldOf({ widens = [] }: Fix, who: string): string[] {
  return widens.flatMap((text) => {
    const at = text.indexOf(": ");
    return new RegExp(`(^|, | and )${who}($|, | and )`).test(text.slice(0, at)) ? [text.slice(at)] : [];
  });
}

/** How many actions it says that it does not name. */
function moreOf(told: readonly string[]): number {
  return told.reduce((sum, what) => sum + Number(/ and (\d+) more/.exec(what)?.[1] ?? 0), 0);
}

/** The caller as a fix names it: "role Deployer". */
function callerOf({ caller }: Snapshot): string {
  const [, , , , accountId = "", resource = ""] = caller.principalArn.split(":");
  const [kind = "", ...path] = resource.split("/");
  return kind === "root" ? `root of ${accountId}` : `${kind.replace("-", " ")} ${path.at(-1)}`;
}

function othersOf({ request }: Snapshot): string {
  return `other principals of account ${request.accountId}`;
}

/** Making the first fix again and again ends, and leaves no blocker where every one has a proven fix. */
function checkTogether(snapshot: Snapshot, diagnosis: Diagnosis, counts: Counts): void {
  const { blockers, fixes } = diagnosis;
  if (blockers.length === 0 || diagnosis.omittedBlockers !== undefined) return;
  const isAll = blockers.every((_, index) => fixes.some((fix) => fix.blocker === index && fix.verified));
  const told = fixes.filter(({ note }) => /With (this change|these \d+ changes)/.test(note ?? ""));
  expect(told, "one sentence about all together").to.have.length(fixes.some((fix) => fix.verified) ? 1 : 0);
  if (isAll) expect(told[0]?.note).to.match(/the vault can be created|nothing that was read blocks any more/);
  else expect(told[0]?.note ?? "are left").to.match(/are left/);
  let current = snapshot;
  let seen = diagnosis;
  for (let step = 0; seen.blockers.length > 0; step += 1) {
    expect(step, "steps until nothing is left to do").to.be.at.most(2 * blockers.length + 2);
    const fix = seen.fixes.find((one) => one.verified && !isNeedless(one));
    if (fix === undefined) break;
    current = withFix(current, seen, fix);
    seen = diagnose(current);
  }
  if (isAll) expect(seen.blockers, "what is left").to.deep.equal([]);
  counts.together += isAll ? 1 : 0;
  counts.oracle += agreesWithOracle(current, seen);
}

/** 1 where the oracle could judge: it answers only where nothing hangs on what AWS does not document. */
function agreesWithOracle(snapshot: Snapshot, { actions }: Diagnosis): number {
  let judged: Record<string, Judgement>;
  try {
    judged = judge(snapshot);
  } catch {
    return 0;
  }
  for (const { action, verdict } of actions) {
    const answer = judged[action];
    if (verdict === "unknown" || answer === undefined || !(requestedActions as readonly string[]).includes(action))
      continue;
    expect(answer.allowed, `the oracle on ${action}`).to.equal(verdict === "allowed");
  }
  return 1;
}

function changedAwsManaged(before: Snapshot, after: Snapshot): boolean {
  return JSON.stringify(managedByAws(before)) !== JSON.stringify(managedByAws(after));
}

function pairsOf(blockers: readonly Blocker[]): Set<string> {
  return new Set(blockers.flatMap((blocker) => blocker.actions.map((action) => pairOf(blocker, action))));
}

function pairOf({ layer, effect, policy, statement, target }: Blocker, action: string): string {
  return JSON.stringify([layer, effect, policy, statement?.index, target, action]);
}
