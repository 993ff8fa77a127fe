import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { layerOwners } from "../facts/layers.js";
import { iamSizes } from "../facts/policySizes.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import { allowing, statementShown } from "./allowing.js";
import type { Change } from "./Change.js";
import { type Course, course } from "./course.js";
import { documentChange, newPolicyChange, untried } from "./documentChange.js";
import { type Patient, resourceText } from "./Patient.js";
import { sidsOf } from "./sidsOf.js";

const layer = "session-policy";
const owner = layerOwners[layer];

/**
 * An Allow in the session's inline policy, or in one beside its managed policies: those others have, too.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (Policy, PolicyArns)
 */
export function sessionCourses(patient: Patient, { actions }: Blocker, diagnosis: Diagnosis): Course[] {
  const places = patient.places.filter((one) => one.layer === layer);
  const inline = places.find(({ policy }) => policy.arn === undefined);
  const statements = (isUnbound: boolean, sids: ReadonlySet<string> = new Set()) =>
    allowing({
      actions,
      region: patient.inquiry.request.region,
      resource: (action) => resourceText(patient, action, diagnosis),
      isUnbound,
      sids,
    });
  const allowingBeside = (isUnbound: boolean): Change => {
    const document = { Version: "2012-10-17", Statement: statements(isUnbound) } as PolicyDocument;
    const told = {
      layer,
      owner,
      title: `Make the session with an inline session policy besides, which allows ${inWords(actions)}`,
      policy: null,
      change: "create-policy",
      statement: statementShown(document.Statement as object[]),
      ...anewWith(patient),
    } as const;
    if (places.length === 0) return untried({ ...told, change: "other" }, "not-read");
    const edit = { kind: "new-policy", layer, target: null, policy: { name: "CreateBackupVault", document } } as const;
    return newPolicyChange(patient, edit, iamSizes.session, 0, told);
  };
  const allowingIn = (place: NonNullable<typeof inline>, isUnbound: boolean): Change => {
    const added = statements(isUnbound, sidsOf(place.policy));
    const { name } = place.policy;
    const told = {
      owner,
      title: `Allow ${inWords(actions)} in the session policy "${name}"`,
      policy: name,
      change: "add-statement",
      statement: statementShown(added),
      ...anewWith(patient),
    } as const;
    return documentChange(patient, place, { added }, told);
  };
  return [false, true].map((isUnbound) =>
    course(isUnbound, () => [inline === undefined ? allowingBeside(isUnbound) : allowingIn(inline, isUnbound)]),
  );
}

/** What a session has to be made with so that its inline policy changes and no other one is lost. */
export function anewWith({ places }: Patient): Pick<Change["fix"], "sessionPolicyArns"> & { note: string } {
  const managed = places.flatMap(({ layer: one, policy: { arn } }) =>
    one === layer && arn !== undefined ? [arn] : [],
  );
  const kept = managed.length === 0 ? "" : ", with its managed session policies as before";
  return {
    note: `Inline session policies are given when the session is made: it takes a new session${kept}.`,
    ...(managed.length > 0 && { sessionPolicyArns: managed }),
  };
}
