import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { layerOwners } from "../facts/layers.js";
import type { Change } from "./Change.js";
import { denyChanges } from "./denyChanges.js";
import { untried } from "./documentChange.js";
import { identityChanges } from "./identityChanges.js";
import { keyPolicyChanges, keyStateChanges } from "./keyChanges.js";
import { boundaryChanges, endpointChanges, serviceControlChanges, sessionChanges } from "./limitChanges.js";
import type { Patient } from "./Patient.js";

/** The changes that might remove a blocker, the narrowest first; none of them is tried here. Never empty. */
export function changesFor(patient: Patient, blocker: Blocker, diagnosis: Diagnosis): Change[] {
  if (blocker.effect === "explicitDeny") return denyChanges(patient, blocker, diagnosis);
  switch (blocker.layer) {
    case "identity-policy":
      return identityChanges(patient, blocker, diagnosis);
    case "permissions-boundary":
      return boundaryChanges(patient, blocker, diagnosis);
    case "session-policy":
      return sessionChanges(patient, blocker, diagnosis);
    case "service-control-policy":
      return serviceControlChanges(patient, blocker, diagnosis);
    case "resource-control-policy": {
      const title = `Have the resource control policies looked at: they do not allow ${inWords(blocker.actions)}`;
      const { layer } = blocker;
      const told = { layer, owner: layerOwners[layer], title, policy: null, change: "other", statement: null } as const;
      return [untried(told, "only-denies")];
    }
    case "key-policy":
      return keyPolicyChanges(patient, blocker);
    case "key-state":
      return keyStateChanges(patient, blocker);
    case "vpc-endpoint-policy":
      return endpointChanges(patient, blocker, diagnosis);
  }
}
