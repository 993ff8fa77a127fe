import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { isAwsOwned, lastSegment } from "../facts/arn.js";
import { layerOwners } from "../facts/layers.js";
import { iamSizes, serviceSizes } from "../facts/policySizes.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import { allowing, freeSid, statementShown } from "./allowing.js";
import type { Change } from "./Change.js";
import { type Course, course } from "./course.js";
import { documentChange, newPolicyChange, untried } from "./documentChange.js";
import { keptDemands } from "./keptDemands.js";
import { blamedPlace, freePolicyName, type Patient, resourceText } from "./Patient.js";

const version = "2012-10-17";

/**
 * An Allow in the boundary, which lets others under the same boundary have it only where it names the caller; of a
 * boundary that AWS manages, a copy with it in its place.
 */
export function boundaryCourses(patient: Patient, blocker: Blocker, diagnosis: Diagnosis): Course[] {
  const layer = "permissions-boundary";
  const { actions } = blocker;
  const owner = layerOwners[layer];
  const { holder } = patient;
  const place = blamedPlace(patient.places, blocker) ?? patient.places.find((one) => one.layer === layer);
  // A managed policy of the account's own can be changed whoever has it as the boundary.
  const isFixed = place === undefined || isAwsOwned(place.policy.arn);
  if (isFixed && holder !== null && holder.obstacle !== null) {
    const set = holder.permissionSet === null ? "" : ` of the permission set ${holder.permissionSet}`;
    const told = { layer, owner, policy: place?.policy.name ?? null, change: "other" } as const;
    const statement = statementShown(statementsFor(patient, actions, diagnosis, {}));
    const { obstacle } = holder;
    const title = `Allow ${inWords(actions)} in the permissions boundary${set}`;
    return [course(false, () => [untried({ ...told, statement, title }, obstacle)])];
  }
  if (place === undefined) {
    const told = { layer, owner, policy: null, change: "other" } as const;
    const statement = statementShown(statementsFor(patient, actions, diagnosis, {}));
    const title = `Allow ${inWords(actions)} in the permissions boundary`;
    return [course(false, () => [untried({ ...told, statement, title }, "not-read")])];
  }
  const sids = patient.read(place.policy).sids;
  if (isAwsOwned(place.policy.arn)) {
    return [course(false, () => [copiedBoundary(patient, blocker, diagnosis, place.policy.name, sids)])];
  }
  const allowingIn = (isUnbound: boolean): Change => {
    const onlyFor = isUnbound ? undefined : patient.principalArn;
    const added = statementsFor(patient, actions, diagnosis, {
      sids,
      isUnbound,
      ...(onlyFor !== undefined && { onlyFor }),
    });
    const { name } = place.policy;
    const told = {
      owner,
      title: `Allow ${inWords(actions)} in the permissions boundary "${name}"`,
      policy: name,
      change: "add-statement",
      statement: statementShown(added),
    } as const;
    const alsoWidens = isUnbound
      ? [`whoever else has the boundary "${name}": the same actions, as far as their identity policies allow them`]
      : [];
    return documentChange(patient, place, { added }, told, { alsoWidens });
  };
  return [false, true].map((isUnbound) => course(isUnbound, () => [allowingIn(isUnbound)]));
}

function copiedBoundary(
  patient: Patient,
  { actions }: Blocker,
  diagnosis: Diagnosis,
  name: string,
  sids: ReadonlySet<string>,
): Change {
  const layer = "permissions-boundary";
  const owner = layerOwners[layer];
  const place = patient.places.find((one) => one.layer === layer);
  const added = statementsFor(patient, actions, diagnosis, { sids });
  const known = place === undefined ? null : patient.read(place.policy);
  const copy = freePolicyName(patient, layer, `${name}WithBackupVaults`);
  const title = `Set a copy of the boundary "${name}", which AWS manages, as the boundary instead: with ${inWords(actions)} allowed`;
  const told = {
    layer,
    owner,
    policy: copy,
    change: "create-policy",
    statement: statementShown(added),
    title,
  } as const;
  if (known === null || known.read === null) return untried(told, "not-read");
  const { fields, text: before } = known.read;
  const document = { ...fields, Statement: [...known.statements, ...added] } as unknown as PolicyDocument;
  const edit = { kind: "new-policy", layer, target: null, policy: { name: copy, document } } as const;
  return { ...newPolicyChange(patient, edit, iamSizes.managed, 0, told), before };
}

/**
 * A service control policy for the target that lacks the Allow: for the caller alone, and then for all under the target.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html (conditions and
 * resources of an Allow, since September 2025)
 */
export function serviceControlChanges(patient: Patient, blocker: Blocker, diagnosis: Diagnosis): Change[] {
  const layer = "service-control-policy";
  const { target } = blocker;
  // What another target's Deny hides is silent here as well.
  const behind = patient.hidden.filter((one) => one.layer === layer && one.target === target);
  const actions = [...new Set([...blocker.actions, ...behind.flatMap((one) => one.actions)])];
  const owner = layerOwners[layer];
  const name = freePolicyName(patient, layer, target === null ? "AllowBackupVaults" : `AllowBackupVaults-${target}`);
  const isRead = patient.snapshot.policies.serviceControl.status === "read";
  const statementsOf = (isForAll: boolean, sids: ReadonlySet<string>) =>
    isForAll
      ? [{ Sid: freeSid("CreateBackupVault", new Set(sids)), Effect: "Allow", Action: [...actions], Resource: "*" }]
      : statementsFor(patient, actions, diagnosis, { onlyFor: patient.principalArn, sids });
  const attached = patient.places.filter((one) => one.layer === layer && one.target === target);
  const own = attached.filter(({ policy }) => !isAwsOwned(policy.arn ?? policy.id) && policy.document !== null);
  return [false, true].flatMap((isForAll) => {
    const statements = statementsOf(isForAll, new Set());
    const who = isForAll ? "" : ` to ${patient.principalArn}`;
    const title = `Attach a service control policy to ${target ?? "the target that lacks it"} that allows ${inWords(actions)}${who}`;
    const told = {
      layer,
      owner,
      title,
      policy: name,
      change: "attach-policy",
      statement: statementShown(statements),
    } as const;
    if (target === null || !isRead) return [untried(told, "not-read", { isFallback: isForAll })];
    const document = { Version: version, Statement: statements } as PolicyDocument;
    const edit = { kind: "new-policy", layer, target, policy: { name, document } } as const;
    const another = newPolicyChange(patient, edit, serviceSizes[layer], 0, told);
    if (another.obstacle !== "too-many") return [another];
    const inOwn = own.map((place) => {
      const added = statementsOf(isForAll, patient.read(place.policy).sids);
      const { name: ownName, arn, id = arn === undefined ? undefined : lastSegment(arn) } = place.policy;
      return documentChange(
        patient,
        place,
        { added },
        {
          owner,
          title: `Allow ${inWords(actions)}${who} in the service control policy "${ownName}"${id === undefined ? "" : ` (${id})`}, as ${target} can have no further one`,
          policy: ownName,
          ...(id !== undefined && { policyId: id }),
          change: "add-statement",
          statement: statementShown(added),
        },
      );
    });
    return [...inOwn, another];
  });
}

/** An Allow in the endpoint's policy, for the caller alone. */
export function endpointChanges(patient: Patient, blocker: Blocker, diagnosis: Diagnosis): Change[] {
  const layer = "vpc-endpoint-policy";
  const { actions } = blocker;
  const owner = layerOwners[layer];
  const place = patient.places.find((one) => one.layer === layer);
  const statements = (sids: ReadonlySet<string>) =>
    allowing({
      demanded: keptDemands(patient),
      actions,
      region: patient.inquiry.request.region,
      resource: (action) => resourceText(patient, action, diagnosis),
      principal: "*",
      onlyFor: patient.principalArn,
      sids,
    });
  const title = `Allow ${inWords(actions)} to ${patient.principalArn} in the VPC endpoint policy`;
  if (place === undefined) {
    const told = {
      layer,
      owner,
      title,
      policy: null,
      change: "other",
      statement: statementShown(statements(new Set())),
    } as const;
    return [untried(told, "not-read")];
  }
  const added = statements(patient.read(place.policy).sids);
  const told = {
    owner,
    title,
    policy: place.policy.name,
    change: "add-statement",
    statement: statementShown(added),
  } as const;
  return [documentChange(patient, place, { added }, told)];
}

function statementsFor(
  patient: Patient,
  actions: readonly string[],
  diagnosis: Diagnosis,
  more: { sids?: ReadonlySet<string>; isUnbound?: boolean; onlyFor?: string },
): object[] {
  return allowing({
    demanded: keptDemands(patient),
    actions,
    region: patient.inquiry.request.region,
    resource: (action) => resourceText(patient, action, diagnosis),
    sids: new Set(),
    ...more,
  });
}
