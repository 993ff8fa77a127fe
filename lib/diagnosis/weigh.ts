import type { Assumption } from "../request/assumptions.js";
import { callKind } from "../request/callKind.js";
import { keyOf } from "../request/keyOf.js";
import { requiredActions } from "../request/requiredActions.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { judging, type PolicyReader } from "../verdict/Judging.js";
import { judgeAction } from "../verdict/judgeAction.js";
import { type Decision, decide } from "./decide.js";
import { type DenialClaims, denialClaimsOn } from "./denialClaims.js";
import { dryRunClaim } from "./dryRunClaim.js";
import type { SettledAction } from "./Settled.js";
import { settle } from "./settle.js";
import { simulatorClaims } from "./simulatorClaims.js";

/** One action, settled and decided. */
export interface WeighedAction {
  settled: SettledAction;
  decision: Decision;
}

/**
 * Judges, settles and decides every action: the seven, and an eighth that the denial names.
 *
 * @param without assumptions of the context table that are not to be made
 */
export function weigh(
  snapshot: Snapshot,
  read: PolicyReader,
  denial: DenialClaims,
  without?: ReadonlySet<Assumption>,
): WeighedAction[] {
  return actionsOf(denial).map((action) => {
    const prepared = judging(snapshot, action, read, without);
    const settled = settle(
      judgeAction(prepared),
      {
        denial: denialClaimsOn(denial, action),
        dryRun: dryRunClaim(prepared),
        simulator: simulatorClaims(snapshot, action),
        underSimulator: (layer, { lookup }) =>
          judgeAction(judging(snapshot, action, read, without, lookup)).layers[layer],
      },
      prepared,
    );
    const isEighth = action === denial.action && !isRequired(action);
    if (isEighth && callKind(action) === "own" && denial.resource !== null) settled.resource = denial.resource;
    return { settled, decision: decide(settled, snapshot, keyOf(snapshot)) };
  });
}

function actionsOf({ action }: DenialClaims): string[] {
  return action === null || isRequired(action) ? [...requiredActions] : [...requiredActions, action];
}

function isRequired(action: string): boolean {
  return (requiredActions as readonly string[]).includes(action);
}
