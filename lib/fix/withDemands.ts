import type { Blocker } from "../diagnosis/Diagnosis.js";
import type { Change } from "./Change.js";
import { type Course, course } from "./course.js";
import { lapsedDemands } from "./lapsedDemands.js";
import { mfaChanges } from "./mfaChanges.js";
import type { Patient } from "./Patient.js";
import { tagChanges } from "./tagChanges.js";

/**
 * Ways to allow what is not allowed, where an Allow is there that demands more of the call: before them, that the call be
 * made with the MFA that it demands, and what else is missing be allowed; with them, what is then demanded no more.
 *
 * @param make the ways for the actions of a blocker
 */
export function withDemands(patient: Patient, blocker: Blocker, make: (blocker: Blocker) => Course[]): Course[] {
  const { demands } = patient;
  if (demands.length === 0) return make(blocker);
  const lapsed = lapsedDemands(patient);
  const plain = make(blocker).map(({ isFallback, changes }) =>
    course(isFallback, () => changes().map((change) => ({ ...change, alsoWidens: [...change.alsoWidens, ...lapsed] }))),
  );
  const tagged = demands.filter(({ missing }) => missing.every(({ key }) => /^aws:requesttag\//i.test(key)));
  const isWhole = tagged.length > 0 && blocker.actions.every((action) => tagged.some((one) => one.action === action));
  const tags = isWhole
    ? tagChanges(
        patient,
        blocker,
        tagged.flatMap(({ missing }) => missing),
      )
    : [];
  if (tags.length > 0) return [course(false, () => tags), ...plain];
  const signedIn = demands.filter(({ missing }) => missing.every(({ key }) => isMfaKey(key)));
  const keys = signedIn.flatMap(({ missing }) => missing.map(({ key }) => key.toLowerCase()));
  const actions = signedIn.map(({ action }) => action);
  const [signIn] = actions.length === 0 ? [] : mfaChanges(patient, { ...blocker, actions }, keys);
  if (signIn === undefined) return plain;
  const rest = blocker.actions.filter((action) => !actions.includes(action));
  if (rest.length === 0) return [course(false, () => [signIn]), ...plain];
  const [first] = make({ ...blocker, actions: rest });
  const left = lapsedDemands({ ...patient, demands: demands.filter((one) => !signedIn.includes(one)) });
  return [course(false, () => (first?.changes() ?? []).map((change) => afterSignIn(signIn, change, left))), ...plain];
}

function isMfaKey(key: string): boolean {
  return /^aws:multifactorauth(present|age)$/i.test(key);
}

/** @param left what the new Allow demands no more, besides the MFA */
function afterSignIn(signIn: Change, change: Change, left: Change["alsoWidens"]): Change {
  const { title } = change.fix;
  const notes = [signIn.fix.note, change.fix.note].filter((note) => note !== undefined);
  return {
    ...change,
    fix: {
      ...change.fix,
      title: `${signIn.fix.title}; and ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
      note: notes.join(" "),
    },
    edits: [...change.edits, ...signIn.edits],
    alsoWidens: [...change.alsoWidens, ...left],
  };
}
