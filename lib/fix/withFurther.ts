import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import type { Change } from "./Change.js";
import { serviceControlChanges } from "./limitChanges.js";
import type { Patient } from "./Patient.js";

/**
 * Changes of a Deny in a service control policy, each with what is then missing elsewhere: other targets of the same path
 * are silent, which the Deny hid. None where nothing is missing, or one of them cannot be changed.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function withFurther(
  patient: Patient,
  blocker: Blocker,
  diagnosis: Diagnosis,
  changes: readonly Change[],
): Change[] {
  const { layer, target, actions } = blocker;
  const silent = patient.hidden.filter(
    (one) => one.layer === layer && one.target !== target && one.actions.some((action) => actions.includes(action)),
  );
  if (layer !== "service-control-policy" || silent.length === 0) return [];
  const allows = silent.flatMap((one) => {
    // What is silent there anyway has a fix of its own, and what that one attaches does for both.
    const seen = diagnosis.blockers.find(
      (other) => other.layer === layer && other.effect === "implicitDeny" && other.target === one.target,
    );
    const changes = serviceControlChanges(patient, seen ?? one, diagnosis);
    const change = changes.find(({ obstacle }) => obstacle === null);
    const { document, policy, policyId } = change?.fix ?? {};
    if (change === undefined || document === undefined || typeof policy !== "string" || one.target === null) return [];
    const further = { target: one.target, policy, ...(policyId !== undefined && { policyId }), document };
    return [{ change, further }];
  });
  if (allows.length < silent.length) return [];
  const titles = allows.map(({ change: { fix } }) => `${fix.title.charAt(0).toLowerCase()}${fix.title.slice(1)}`);
  return changes.flatMap((change) =>
    change.obstacle !== null || change.fix.document === undefined
      ? []
      : [
          {
            ...change,
            fix: {
              ...change.fix,
              title: [change.fix.title, ...titles].join("; and "),
              further: allows.map(({ further }) => further),
            },
            edits: [...change.edits, ...allows.flatMap(({ change: { edits } }) => edits)],
          },
        ],
  );
}
