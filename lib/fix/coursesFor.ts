import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { layerOwners } from "../facts/layers.js";
import { type Course, course } from "./course.js";
import { demandsOf } from "./demandsOf.js";
import { denyChanges } from "./denyChanges.js";
import { untried } from "./documentChange.js";
import { identityCourses } from "./identityCourses.js";
import { keyPolicyCourses, keyStateChanges } from "./keyChanges.js";
import { boundaryCourses, endpointChanges, serviceControlChanges } from "./limitChanges.js";
import type { Patient } from "./Patient.js";
import { sessionCourses } from "./sessionCourses.js";
import { withDemands } from "./withDemands.js";
import { withFurther } from "./withFurther.js";

/** What might remove a blocker, the narrowest first; nothing of it is tried here. There is always at least one change. */
export function coursesFor(patient: Patient, blocker: Blocker, diagnosis: Diagnosis): Course[] {
  if (blocker.effect === "explicitDeny") {
    const plain = course(false, () => denyChanges(patient, blocker, diagnosis));
    return [plain, course(true, () => withFurther(patient, blocker, diagnosis, plain.changes()))];
  }
  const asked = { ...patient, demands: demandsOf(patient, blocker) };
  return withDemands(asked, blocker, (one) => allowCourses(asked, one, diagnosis));
}

function allowCourses(patient: Patient, blocker: Blocker, diagnosis: Diagnosis): Course[] {
  switch (blocker.layer) {
    case "identity-policy":
      return identityCourses(patient, blocker, diagnosis);
    case "permissions-boundary":
      return boundaryCourses(patient, blocker, diagnosis);
    case "session-policy":
      return sessionCourses(patient, blocker, diagnosis);
    case "service-control-policy":
      return [course(false, () => serviceControlChanges(patient, blocker, diagnosis))];
    case "resource-control-policy": {
      const title = `Have the resource control policies looked at: they do not allow ${inWords(blocker.actions)}`;
      const { layer } = blocker;
      const told = { layer, owner: layerOwners[layer], title, policy: null, change: "other", statement: null } as const;
      return [course(false, () => [untried(told, "only-denies")])];
    }
    case "key-policy":
      return keyPolicyCourses(patient, blocker);
    case "key-state":
      return [course(false, () => keyStateChanges(patient, blocker))];
    case "vpc-endpoint-policy":
      return [course(false, () => endpointChanges(patient, blocker, diagnosis))];
  }
}
