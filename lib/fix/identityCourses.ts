import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { layerOwners } from "../facts/layers.js";
import { iamSizes } from "../facts/policySizes.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type { PolicyPlace } from "../snapshot/layerEvidence.js";
import type { Policy } from "../snapshot/Snapshot.js";
import { allowing, statementShown } from "./allowing.js";
import type { Change } from "./Change.js";
import { type Course, course } from "./course.js";
import { documentChange, inlineLength, inlineSize, isHoldersOwn, newPolicyChange, untried } from "./documentChange.js";
import { keptDemands } from "./keptDemands.js";
import { freePolicyName, type Patient, type PolicyHolder, resourceText } from "./Patient.js";

const layer = "identity-policy";
const owner = layerOwners[layer];

/**
 * An Allow for the caller's own identity policies: in an inline policy that is its own, or in a new one; in a managed one
 * where inline policies have no room. Never in a group's or a shared policy, where others would gain it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export function identityCourses(patient: Patient, blocker: Blocker, diagnosis: Diagnosis): Course[] {
  const { holder, inquiry, places } = patient;
  const { actions } = blocker;
  // The policies of the user who federates hold for the user as well, and for all whom the user federates.
  const isFederated = inquiry.caller.kind === "federated-user";
  const statements = (isUnbound: boolean, sids: ReadonlySet<string> = new Set()) =>
    allowing({
      demanded: keptDemands(patient),
      actions,
      region: inquiry.request.region,
      resource: (action) => resourceText(patient, action, diagnosis),
      isUnbound,
      sids,
      ...(isFederated && { onlyFor: patient.principalArn }),
    });
  const plain = statements(false);
  if (holder === null) {
    const title = `Allow ${inWords(actions)} in the identity policies of ${inquiry.caller.policyHolder}`;
    const told = { layer, owner, title, policy: null, change: "other", statement: statementShown(plain) } as const;
    return [course(false, () => [untried(told, "nobody-named")])];
  }
  if (holder.obstacle === "permission-set") {
    const set = holder.permissionSet === null ? "the permission set" : `the permission set ${holder.permissionSet}`;
    const title = `In IAM Identity Center, allow ${inWords(actions)} in the inline policy of ${set}, and provision it again`;
    const told = { layer, owner, title, policy: null, change: "other", statement: statementShown(plain) } as const;
    const { obstacle } = holder;
    return [course(false, () => [untried({ ...told, document: { before: null, after: text(plain) } }, obstacle)])];
  }
  const own = places.find((place) => place.layer === layer && isHoldersOwn(patient, place) && isEditable(place.policy));
  const inOwn = (place: PolicyPlace, isUnbound: boolean): Change => {
    const added = statements(isUnbound, patient.read(place.policy).sids);
    const { name } = place.policy;
    const title = `Allow ${inWords(actions)} in the identity policy "${name}" of ${holder.kind} ${holder.name}`;
    const told = { owner, title, policy: name, change: "add-statement", statement: statementShown(added) } as const;
    return documentChange(patient, place, { added }, told);
  };
  return [false, true].flatMap((isUnbound) => [
    ...(own === undefined ? [] : [course(isUnbound, () => [inOwn(own, isUnbound)])]),
    course(isUnbound || own !== undefined, () => newPolicies(patient, holder, actions, statements(isUnbound))),
  ]);
}

function isEditable({ document }: Policy): boolean {
  return document !== null;
}

/** A new inline policy, or where it has no room a managed one. */
function newPolicies(
  patient: Patient,
  holder: PolicyHolder,
  actions: readonly string[],
  statements: readonly object[],
): Change[] {
  const document = { Version: "2012-10-17", Statement: statements } as PolicyDocument;
  const name = freePolicyName(patient, layer, "CreateBackupVault");
  const attachedTo = `${holder.kind}/${holder.name}`;
  const who = `${holder.kind} ${holder.name}`;
  const size = inlineSize(patient, attachedTo);
  const taken = inlineLength(patient, attachedTo, size);
  const told = { layer, owner, policy: name, statement: statementShown(statements) } as const;
  const edit = { kind: "new-policy", layer, target: null, policy: { name, attachedTo, document } } as const;
  const inline = newPolicyChange(patient, edit, size, taken, {
    ...told,
    change: "create-policy",
    title: `Give ${who} an inline policy "${name}" that allows ${inWords(actions)}`,
  });
  const managed = newPolicyChange(
    patient,
    edit,
    iamSizes.managed,
    0,
    {
      ...told,
      change: "attach-policy",
      title: `Attach a new managed policy "${name}" to ${who} that allows ${inWords(actions)}`,
    },
    { isFallback: true },
  );
  return inline.obstacle === "too-long" ? [managed] : [inline, managed];
}

function text(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
}
