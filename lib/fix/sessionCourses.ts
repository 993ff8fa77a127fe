import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { layerOwners } from "../facts/layers.js";
import { iamSizes } from "../facts/policySizes.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import { allowing, statementShown } from "./allowing.js";
import type { Change } from "./Change.js";
import { type Course, course } from "./course.js";
import { documentChange, newPolicyChange, untried } from "./documentChange.js";
import { keptDemands } from "./keptDemands.js";
import { type Patient, resourceText } from "./Patient.js";

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
      demanded: keptDemands(patient),
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
    const added = statements(isUnbound, patient.read(place.policy).sids);
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
  const obstructed = sessionObstacle(patient, `allows ${inWords(actions)}`);
  if (obstructed !== null) return [course(false, () => [obstructed])];
  return [false, true].map((isUnbound) =>
    course(isUnbound, () => [inline === undefined ? allowingBeside(isUnbound) : allowingIn(inline, isUnbound)]),
  );
}

/** Sessions of roles that AWS or IAM Identity Center alone assumes are made by nobody else; null of all others. */
export function sessionObstacle({ holder }: Patient, what: string): Change | null {
  if (holder === null || holder.obstacle === null) return null;
  const set = holder.permissionSet === null ? "" : `, of the permission set ${holder.permissionSet}`;
  const who = holder.obstacle === "permission-set" ? `IAM Identity Center${set}` : "its service";
  const title = `Have the session made with a session policy that ${what}: sessions of ${holder.name} are made by ${who}, and by nobody else`;
  return untried({ layer, owner, title, policy: null, change: "other", statement: null }, holder.obstacle);
}

/**
 * What a session has to be made with so that its inline policy changes and nothing else of it is lost.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (Tags, SourceIdentity)
 */
export function anewWith({
  places,
  snapshot: { caller, context },
  inquiry,
}: Patient): Pick<Change["fix"], "sessionPolicyArns" | "session"> & { note: string } {
  const managed = places.flatMap(({ layer: one, policy: { arn } }) =>
    one === layer && arn !== undefined ? [arn] : [],
  );
  const tags = caller.sessionTags?.status === "read" ? Object.entries(caller.sessionTags.value) : [];
  const isTagged = tags.length > 0;
  const areTagsKnown = isTagged || caller.sessionTags?.status === "read" || caller.sessionTags?.status === "none";
  // A federated user's session takes none.
  const isIdentified = inquiry.caller.kind !== "federated-user";
  const [, identity] = Object.entries(context).find(([key]) => key.toLowerCase() === "aws:sourceidentity") ?? [];
  const sourceIdentity = isIdentified && typeof identity === "string" ? identity : null;
  const kept = [
    ...(managed.length > 0 ? ["its managed session policies"] : []),
    ...(isTagged ? ["its session tags"] : []),
    ...(sourceIdentity === null ? [] : ["its source identity"]),
  ];
  const unread = [
    ...(areTagsKnown ? [] : ["session tags"]),
    ...(isTagged ? ["which of its tags are transitive"] : []),
    ...(isIdentified && identity === undefined ? ["source identity"] : []),
  ];
  const made = `Inline session policies are given when the session is made: it takes a new session${kept.length === 0 ? "" : `, with ${inWords(kept)} as before`}.`;
  return {
    note:
      unread.length === 0 ? made : `${made} Not read, and to be given as before where it had them: ${inWords(unread)}.`,
    ...(managed.length > 0 && { sessionPolicyArns: managed }),
    ...((isTagged || sourceIdentity !== null) && {
      session: {
        ...(isTagged && { tags: Object.fromEntries(tags) }),
        ...(sourceIdentity !== null && { sourceIdentity }),
      },
    }),
  };
}
