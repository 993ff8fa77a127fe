import type { Blocker, Fix } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { isAwsOwned } from "../facts/arn.js";
import { layerNames, layerOwners } from "../facts/layers.js";
import type { PolicyDocument } from "../policy/PolicyDocument.js";
import type { Policy, Snapshot } from "../snapshot/Snapshot.js";
import type { Change } from "./Change.js";
import { documentObject, statementsOf } from "./documentObject.js";
import { exemptedStatement, withoutCaller } from "./exemption.js";
import { blamedPolicy, policiesOfLayer, withStatements } from "./policySlot.js";
import { identityStatements, principalToName, single } from "./statements.js";

/** The changes that might remove a blocker, the best first; none of them is tried here. */
export function changesFor(snapshot: Snapshot, blocker: Blocker): Change[] {
  if (blocker.effect === "explicitDeny") return [exempt(snapshot, blocker)];
  switch (blocker.layer) {
    case "identity-policy":
      return [allowInIdentity(snapshot, blocker)];
    case "permissions-boundary":
    case "session-policy":
      return [allowInLimit(snapshot, blocker)];
    case "service-control-policy":
      return [allowAtTarget(snapshot, blocker)];
    case "resource-control-policy":
      return [ask(blocker, "Have the resource control policies looked at: they only deny", null)];
    case "key-policy":
      return [allowInKeyPolicy(snapshot, blocker)];
    case "key-state":
      return [mendKey(snapshot, blocker)];
    case "vpc-endpoint-policy":
      return [allowAtEndpoint(snapshot, blocker)];
  }
}

function change(
  blocker: Blocker,
  fix: Pick<Fix, "title" | "change" | "statement"> & Partial<Pick<Fix, "policy" | "note">>,
  apply: Change["apply"],
): Change {
  const { layer } = blocker;
  return { blocker, fix: { layer, owner: layerOwners[layer], policy: blocker.policy?.name ?? null, ...fix }, apply };
}

/** What can be said but not tried. */
function ask(blocker: Blocker, title: string, statement: object | null, note?: string): Change {
  return change(blocker, { title, change: "other", statement, ...(note !== undefined && { note }) }, () => null);
}

const isAwsManaged = (policy: Pick<Policy, "arn"> | undefined) => isAwsOwned(policy?.arn);

function exempt(snapshot: Snapshot, blocker: Blocker): Change {
  const policy = blamedPolicy(snapshot, blocker);
  const { statement: place } = blocker;
  const name = `${layerNames[blocker.layer]}${blocker.policy === null ? "" : ` "${blocker.policy.name}"`}`;
  const document = policy === undefined ? null : documentObject(policy);
  const denying = document === null || place === null ? undefined : statementsOf(document)[place.index];
  if (typeof denying !== "object" || denying === null || place === null) {
    return ask(
      blocker,
      `Have the ${name} changed so that it does not deny ${inWords(blocker.actions)}`,
      null,
      "The policy's text could not be read, so no statement can be shown.",
    );
  }
  const unnamed = withoutCaller(snapshot, denying as Record<string, unknown>);
  if (unnamed === "nobody") return removeStatement(blocker, place, name);
  const { statement, what } =
    unnamed ?? exemptedStatement(snapshot, denying as Record<string, unknown>, blocker.actions);
  const sid = place.sid === null ? `the statement at index ${place.index}` : `statement "${place.sid}"`;
  return change(
    blocker,
    { title: `In the ${name}, let ${sid} ${what}`, change: "edit-statement", statement },
    (before) =>
      withStatements(
        before,
        (copy) => blamedPolicy(copy, blocker),
        (statements) => statements.map((one, index) => (index === place.index ? statement : one)),
      ),
  );
}

/** A Deny that names nobody but the caller serves nothing else, so it can go. */
function removeStatement(blocker: Blocker, place: NonNullable<Blocker["statement"]>, name: string): Change {
  const sid = place.sid === null ? `the statement at index ${place.index}` : `statement "${place.sid}"`;
  // Tried by letting it deny nothing, so that the statements after it keep their index.
  const nothing = { Effect: "Deny", Principal: { AWS: [] }, Action: "none:None", Resource: "*" };
  return change(
    blocker,
    { title: `In the ${name}, remove ${sid}: it names only the caller`, change: "remove-statement", statement: null },
    (before) =>
      withStatements(
        before,
        (copy) => blamedPolicy(copy, blocker),
        (statements) => statements.map((one, index) => (index === place.index ? nothing : one)),
      ),
  );
}

function allowInIdentity(snapshot: Snapshot, blocker: Blocker): Change {
  const statements = identityStatements(snapshot, blocker.actions);
  const [only] = statements;
  const editable = policiesOfLayer(snapshot, blocker).find(
    (policy) => !isAwsManaged(policy) && documentObject(policy) !== null,
  );
  const who = principalToName(snapshot);
  if (only !== undefined && statements.length === 1 && editable !== undefined) {
    return change(
      blocker,
      {
        title: `Allow ${inWords(blocker.actions)} in the identity policy "${editable.name}" of ${who}`,
        policy: editable.name,
        change: "add-statement",
        statement: only,
      },
      (before) => {
        const index = policiesOfLayer(before, blocker).findIndex(
          (policy) =>
            policy.name === editable.name && policy.arn === editable.arn && policy.attachedTo === editable.attachedTo,
        );
        return withStatements(
          before,
          (copy) => policiesOfLayer(copy, blocker)[index],
          (present) => [...present, only],
        );
      },
    );
  }
  const document = { Version: "2012-10-17", Statement: statements };
  return change(
    blocker,
    {
      title: `Attach a policy to ${who} that allows ${inWords(blocker.actions)}`,
      change: "create-policy",
      statement: document,
      note: "The statement is a whole policy document: the actions need different resources.",
    },
    (before) => addIdentityPolicy(before, document),
  );
}

function addIdentityPolicy(before: Snapshot, document: object): Snapshot | null {
  const copy = structuredClone(before);
  const { identity } = copy.policies;
  const added: Policy = { name: "CreateBackupVault", document: document as PolicyDocument };
  switch (identity.status) {
    case "read":
      identity.value.push(added);
      return copy;
    case "none":
      copy.policies.identity = { status: "read", value: [added] };
      return copy;
    case "unreadable":
    case "notRead":
      return null;
  }
}

/** A boundary and a session policy only limit, so the statement may name every resource. */
function allowInLimit(snapshot: Snapshot, blocker: Blocker): Change {
  const statement = { Sid: "CreateBackupVault", Effect: "Allow", Action: single(blocker.actions), Resource: "*" };
  const policies = policiesOfLayer(snapshot, blocker);
  const policy = blamedPolicy(snapshot, blocker) ?? policies[0];
  const name = layerNames[blocker.layer];
  if (policy === undefined || isAwsManaged(policy)) {
    const who = blocker.layer === "session-policy" ? "who makes the session" : "who sets the boundary";
    return ask(blocker, `Have ${who} use a ${name} that allows ${inWords(blocker.actions)}`, statement);
  }
  const index = policies.indexOf(policy);
  return change(
    blocker,
    {
      title: `Allow ${inWords(blocker.actions)} in the ${name} "${policy.name}"`,
      policy: policy.name,
      change: "add-statement",
      statement,
    },
    (before) =>
      withStatements(
        before,
        (copy) => policiesOfLayer(copy, blocker)[index],
        (present) => [...present, statement],
      ),
  );
}

function allowAtTarget(snapshot: Snapshot, blocker: Blocker): Change {
  const statement = { Sid: "CreateBackupVault", Effect: "Allow", Action: single(blocker.actions), Resource: "*" };
  const { target } = blocker;
  if (target === null || snapshot.policies.serviceControl.status !== "read") {
    return ask(
      blocker,
      `Have the organization's service control policies allow ${inWords(blocker.actions)}`,
      statement,
      "Which root, organizational unit or account is at fault could not be read.",
    );
  }
  const policy: Policy = {
    name: "AllowBackupVaults",
    document: { Version: "2012-10-17", Statement: [statement] } as PolicyDocument,
  };
  return change(
    blocker,
    {
      title: `Attach a service control policy to ${target} that allows ${inWords(blocker.actions)}`,
      change: "attach-policy",
      statement,
    },
    (before) => {
      const copy = structuredClone(before);
      const { serviceControl } = copy.policies;
      const found = serviceControl.status === "read" ? serviceControl.value.find(({ id }) => id === target) : undefined;
      found?.policies.push(policy);
      return found === undefined ? null : copy;
    },
  );
}

function allowInKeyPolicy(snapshot: Snapshot, blocker: Blocker): Change {
  const statement = {
    Sid: "CreateBackupVault",
    Effect: "Allow",
    Principal: { AWS: principalToName(snapshot) },
    Action: single(blocker.actions),
    Resource: "*",
  };
  const title = `Allow ${inWords(blocker.actions)} to ${principalToName(snapshot)} in the key policy`;
  if (policiesOfLayer(snapshot, blocker).length === 0) return ask(blocker, title, statement);
  return change(blocker, { title, change: "add-statement", statement }, (before) =>
    withStatements(
      before,
      (copy) => policiesOfLayer(copy, blocker)[0],
      (present) => [...present, statement],
    ),
  );
}

function allowAtEndpoint(snapshot: Snapshot, blocker: Blocker): Change {
  const statement = {
    Sid: "CreateBackupVault",
    Effect: "Allow",
    Principal: { AWS: principalToName(snapshot) },
    Action: single(blocker.actions),
    Resource: "*",
  };
  const title = `Allow ${inWords(blocker.actions)} in the VPC endpoint policy`;
  if (policiesOfLayer(snapshot, blocker).length === 0) return ask(blocker, title, statement);
  return change(blocker, { title, change: "add-statement", statement }, (before) =>
    withStatements(
      before,
      (copy) => policiesOfLayer(copy, blocker)[0],
      (present) => [...present, statement],
    ),
  );
}

function mendKey(snapshot: Snapshot, blocker: Blocker): Change {
  const state = snapshot.key.status === "read" ? snapshot.key.value.state : null;
  const enabled = (before: Snapshot): Snapshot | null => {
    const copy = structuredClone(before);
    if (copy.key.status !== "read") return null;
    copy.key.value.state = "Enabled";
    return copy;
  };
  switch (state) {
    case "Disabled":
      return change(
        blocker,
        { title: "Enable the key (kms:EnableKey)", change: "enable-key", statement: null },
        enabled,
      );
    case "PendingDeletion":
      return change(
        blocker,
        {
          title: "Cancel the key's deletion (kms:CancelKeyDeletion), then enable it (kms:EnableKey)",
          change: "enable-key",
          statement: null,
        },
        enabled,
      );
    case "PendingImport":
      return change(
        blocker,
        { title: "Import the key's material (kms:ImportKeyMaterial)", change: "other", statement: null },
        enabled,
      );
    default:
      return ask(
        blocker,
        `Use a symmetric ENCRYPT_DECRYPT key that exists in ${snapshot.request.region}, is enabled, and is given by its key ARN`,
        null,
      );
  }
}
