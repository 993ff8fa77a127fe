import type { Blocker, Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { layerOwners } from "../facts/layers.js";
import type { Change, Edit } from "./Change.js";
import type { Cure } from "./curesInTurn.js";
import { isCallersOwn } from "./documentChange.js";
import { obstacles } from "./obstacles.js";
import type { Patient } from "./Patient.js";
import type { SharedDocuments } from "./sharedDocuments.js";
import { newStatements, statementsTouched } from "./statementsTouched.js";
import type { Together } from "./togetherOf.js";
import { widensOf } from "./widensOf.js";

/** The fixes of a blocker as a diagnosis tells them: with what each widens, and what came of all together. */
export function fixesOf(
  patient: Patient,
  diagnosis: Diagnosis,
  index: number,
  answer: Cure,
  { together, documents }: { together: Together | null; documents: SharedDocuments },
): Fix[] {
  const { blockers } = diagnosis;
  const blocker = blockers[index];
  if (blocker === undefined) return [];
  switch (answer.kind) {
    case "needless": {
      const title = `Nothing of its own: the fix of blocker ${answer.by + 1} removes this one, too`;
      const { layer } = blocker;
      const owner = layerOwners[layer];
      return [
        {
          blocker: index,
          layer,
          owner,
          title,
          policy: null,
          change: "other",
          statement: null,
          verified: true,
          widens: [],
        },
      ];
    }
    case "unproven": {
      const { change, obstacle } = answer;
      const fix = fixOf(patient, blockers, index, change, blocker.actions);
      const isSaid = fix.note?.includes(obstacles[obstacle]) === true;
      return [{ ...fix, verified: false, ...(!isSaid && { note: joined(fix.note, obstacles[obstacle]) }) }];
    }
    case "proven":
      return answer.proven.map(({ change: own }, rank) => {
        const shared = documents.of.get(own);
        const { change, asked } = shared?.merged ?? { change: own, asked: blocker.actions };
        const made = fixOf(patient, blockers, index, change, asked);
        const fix = { ...made, verified: true, ...(shared !== undefined && { note: joined(made.note, shared.note) }) };
        if (together?.last !== index || rank > 0) return fix;
        return { ...fix, note: joined(fix.note, together.sentence(documents.isApart)) };
      });
  }
}

function joined(note: string | undefined, more: string): string {
  return note === undefined ? more : `${note} ${more}`;
}

function fixOf(
  patient: Patient,
  blockers: readonly Blocker[],
  index: number,
  change: Change,
  asked: readonly string[],
): Omit<Fix, "verified"> {
  const { layer, document } = change.fix;
  const widens =
    document === undefined || layer === "key-state"
      ? []
      : widensOf(
          patient,
          layer,
          { ...document, ...(change.before !== undefined && { before: change.before }) },
          {
            asked,
            isShared: !change.edits.every((edit) => isForCallerAlone(patient, edit)),
            ...statementsTouched(patient, blockers, change),
          },
        );
  // What a policy of another target is attached for is all that the vault needs of it.
  const needed = patient.inquiry.questions.map(({ action }) => action);
  const further = (change.fix.further ?? []).flatMap((one) =>
    widensOf(patient, "service-control-policy", one.document, {
      asked: needed,
      isShared: true,
      ...newStatements,
    }),
  );
  return { blocker: index, ...change.fix, widens: [...widens, ...further, ...change.alsoWidens] };
}

/** Whether nobody else is under the policy that an edit changes or makes. */
function isForCallerAlone(patient: Patient, edit: Edit): boolean {
  const isFederated = patient.inquiry.caller.kind === "federated-user";
  if (edit.kind === "new-policy") {
    return edit.layer !== "service-control-policy" && !(edit.layer === "identity-policy" && isFederated);
  }
  if (edit.kind !== "document") return true;
  const place = patient.places.find(({ path }) => edit.paths.includes(path));
  if (place === undefined) return true;
  return isCallersOwn(patient, place) || (place.layer === "session-policy" && place.policy.arn === undefined);
}
