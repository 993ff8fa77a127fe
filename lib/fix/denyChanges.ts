import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { callKind } from "../facts/actions.js";
import { isAwsOwned, vaultArn } from "../facts/arn.js";
import { layerNames, layerOwners, principalLayers } from "../facts/layers.js";
import { isFields } from "../policy/policyFields.js";
import type { PolicyPlace } from "../snapshot/layerEvidence.js";
import { allowing, statementShown } from "./allowing.js";
import type { Change } from "./Change.js";
import { askedKeys, conditionsOf, elementTexts } from "./denyFields.js";
import { documentChange, isCallersOwn, untried } from "./documentChange.js";
import { exempting, exemptingForwarded } from "./exempting.js";
import { guardOf } from "./guardOf.js";
import { mfaChanges } from "./mfaChanges.js";
import { blamedPlace, type Patient, resourceText } from "./Patient.js";
import { anewWith, sessionObstacle } from "./sessionCourses.js";
import { type TagTest, tagChanges } from "./tagChanges.js";

/**
 * A Deny that spares what the vault needs of this caller and denies all else as before; where the layer would be silent
 * without it, with the Allow that is then missing. Of a network perimeter also the pattern that spares what AWS services
 * forward; of an MFA rule first that the call be made with MFA.
 */
export function denyChanges(patient: Patient, blocker: Blocker, diagnosis: Diagnosis): Change[] {
  const { layer, actions, statement: at } = blocker;
  const owner = layerOwners[layer];
  const name = `${layerNames[layer]}${blocker.policy === null ? "" : ` "${blocker.policy.name}"`}`;
  const place = blamedPlace(patient.places, blocker);
  const denying = place === undefined || at === null ? undefined : patient.read(place.policy).statements[at.index];
  if (place === undefined || at === null || !isFields(denying)) {
    const title = `Have the ${name} changed so that it does not deny ${inWords(actions)}`;
    const told = {
      layer,
      owner,
      title,
      policy: blocker.policy?.name ?? null,
      change: "other",
      statement: null,
    } as const;
    const isAws = isAwsOwned(blocker.policy?.arn) || (layer === "key-policy" && patient.inquiry.key.isAwsManaged);
    return [untried(told, isAws ? "aws-managed" : "not-read")];
  }
  const which = at.sid === null ? `the statement at index ${at.index}` : `statement "${at.sid}"`;
  const guard = guardOf(askedKeys(conditionsOf(denying)));
  const isGiven = layer === "session-policy" && place.policy.arn === undefined;
  const obstructed = isGiven ? sessionObstacle(patient, `does not deny ${inWords(actions)}`) : null;
  if (obstructed !== null) return [obstructed];
  const anew = isGiven ? anewWith(patient) : null;
  const meant =
    guard === null ? null : `The ${name} looks like ${guard} that is meant; the exemption is its owner's to give.`;
  const notes = [meant, anew?.note].filter((one) => typeof one === "string");
  const { request, key } = patient.inquiry;
  if (isAwsOwned(place.policy.arn) || (layer === "key-policy" && key.isAwsManaged)) {
    const title =
      layer === "identity-policy"
        ? `Have it decided whether "${place.policy.name}", by whose ${which} ${inWords(actions)} are denied, is to stay attached`
        : `Use another policy or key in the place of the ${name}, which denies ${inWords(actions)}`;
    return [
      untried({ layer, owner, title, policy: place.policy.name, change: "other", statement: null }, "aws-managed"),
    ];
  }
  const statements = patient.read(place.policy).statements;
  const isOwn = isCallersOwn(patient, place) || isGiven;
  const exempted = exempting({
    statement: denying,
    layer: place.layer,
    isOwn,
    isOnly: statements.length === 1,
    principalArn: patient.principalArn,
    callerArn: patient.snapshot.caller.arn,
    actions,
    region: request.region,
    vaultArn: vaultArn(request, request.backupVaultName),
    keyArn: layer === "key-policy" ? null : key.arn,
    sids: patient.read(place.policy).sids,
  });
  const allows = missingAllows(patient, blocker, diagnosis, place, isOwn);
  const edit = {
    replaced: exempted.statement === null ? [] : [{ index: at.index, statement: exempted.statement }],
    removed: exempted.statement === null ? [at.index] : [],
    added: [...exempted.added, ...allows],
  };
  const written = [...edit.replaced.map(({ statement }) => statement), ...edit.added];
  const isRemoved = exempted.statement === null;
  const title = isRemoved
    ? `In the ${name}, remove ${which}: it ${isOwn ? "denies nothing else" : "names only the caller"}${exempted.added.length > 0 ? ", and deny the rest as before" : ""}`
    : `In the ${name}, let ${which} spare ${patient.principalArn} on ${inWords(actions)}`;
  const told = {
    owner,
    title,
    policy: place.policy.name,
    change: isRemoved ? "remove-statement" : "edit-statement",
    statement: written.length === 0 ? null : statementShown(written),
    ...anew,
    ...(notes.length > 0 && { note: notes.join(" ") }),
  } as const;
  const changes = [documentChange(patient, place, edit, told)];
  if (guard === "a tag rule") changes.unshift(...tagChanges(patient, blocker, tagTests(patient, diagnosis)));
  if (guard === "an MFA rule") changes.unshift(...mfaChanges(patient, blocker, askedKeys(conditionsOf(denying))));
  if (guard === "a network perimeter" && actions.every((action) => callKind(action) !== "own")) {
    const spared = exemptingForwarded(denying);
    const forAll = { replaced: [{ index: at.index, statement: spared }], removed: [], added: allows };
    changes.push(
      documentChange(patient, place, forAll, {
        ...told,
        change: "edit-statement",
        title: `In the ${name}, let ${which} leave out the calls that AWS services forward (aws:ViaAWSService)`,
        statement: statementShown([spared, ...allows]),
      }),
    );
  }
  return changes;
}

/** What all the Denies ask of the request's tags: the call is made once. */
function tagTests({ places, read }: Patient, { blockers }: Diagnosis): TagTest[] {
  const denies = blockers.flatMap((blocker) => {
    const place = blocker.effect === "explicitDeny" ? blamedPlace(places, blocker) : undefined;
    const statement = place === undefined ? undefined : read(place.policy).statements[blocker.statement?.index ?? -1];
    return isFields(statement) ? [conditionsOf(statement)] : [];
  });
  return denies.flatMap((conditions) =>
    Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({
        operator: operator.replace(/IfExists$/i, ""),
        key,
        values: elementTexts(values),
      })),
    ),
  );
}

/** The Allows that are missing once the layer no longer denies: in the same document, and for the caller alone. */
function missingAllows(
  patient: Patient,
  { layer, target, actions }: Blocker,
  diagnosis: Diagnosis,
  place: PolicyPlace,
  isOwn: boolean,
): object[] {
  const silent = patient.hidden.filter((one) => one.layer === layer && one.target === target);
  const missing = actions.filter((action) => silent.some((one) => one.actions.includes(action)));
  if (missing.length === 0) return [];
  const isRoot = patient.inquiry.caller.kind === "root";
  const isKey = layer === "key-policy";
  return allowing({
    actions: missing,
    region: patient.inquiry.request.region,
    resource: (action) => (isKey ? "*" : resourceText(patient, action, diagnosis)),
    sids: patient.read(place.policy).sids,
    ...(principalLayers.has(layer) && { principal: isKey ? { AWS: patient.principalArn } : "*" }),
    ...((!isOwn && !isKey) || isRoot ? { onlyFor: patient.principalArn } : {}),
  });
}
