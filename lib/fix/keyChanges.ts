import type { Blocker } from "../diagnosis/Diagnosis.js";
import { inWords } from "../diagnosis/phrases.js";
import { rootArn } from "../facts/arn.js";
import { fittingKey } from "../facts/kms.js";
import { layerOwners } from "../facts/layers.js";
import { allowing, freeSid, statementShown } from "./allowing.js";
import type { Change } from "./Change.js";
import { type Course, course } from "./course.js";
import { documentChange, untried } from "./documentChange.js";
import { keptDemands } from "./keptDemands.js";
import { blamedPlace, type Patient } from "./Patient.js";

/**
 * A grant to the caller alone, only through AWS Backup; after it, in the caller's own account, the statement of the
 * default key policy that leaves it to the identity policies, which opens the key to others.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicyCourses(patient: Patient, blocker: Blocker): Course[] {
  const layer = "key-policy";
  const { actions } = blocker;
  const owner = layerOwners[layer];
  const { inquiry, principalArn, places } = patient;
  const isRoot = inquiry.caller.kind === "root";
  const statements = (sids: ReadonlySet<string>, isUnbound: boolean) =>
    allowing({
      demanded: keptDemands(patient),
      actions,
      region: inquiry.request.region,
      resource: () => "*",
      principal: { AWS: principalArn },
      // The ARN of root names the whole account; the condition leaves root alone.
      ...(isRoot && { onlyFor: principalArn }),
      isUnbound,
      sids,
    });
  const title = `Allow ${inWords(actions)} to ${principalArn} in the key policy, through AWS Backup`;
  const place = blamedPlace(places, blocker) ?? places.find((one) => one.layer === layer);
  if (inquiry.key.isAwsManaged || place === undefined) {
    const told = {
      layer,
      owner,
      title,
      policy: null,
      change: "other",
      statement: statementShown(statements(new Set(), false)),
    } as const;
    const obstacle = inquiry.key.isAwsManaged ? "aws-managed" : "not-read";
    return [course(false, () => [...anotherKey(patient), untried(told, obstacle)])];
  }
  const sids = patient.read(place.policy).sids;
  const policy = place.policy.name;
  const granting = (isUnbound: boolean): Change => {
    const added = statements(sids, isUnbound);
    const told = { owner, policy, change: "add-statement", statement: statementShown(added) } as const;
    const plain = `Allow ${inWords(actions)} to ${principalArn} in the key policy`;
    return documentChange(patient, place, { added }, { ...told, title: isUnbound ? plain : title });
  };
  const direct = [false, true].map((isUnbound) => course(isUnbound, () => [granting(isUnbound)]));
  if (!inquiry.key.isOwn || isRoot) return direct;
  // What opens the key to others stands behind the grant, and not in the place of one that has no room.
  const isRoomless = () => direct[0]?.changes()[0]?.obstacle === "too-long";
  return [...direct, course(false, () => (isRoomless() ? [] : [delegating(patient, blocker, place)]))];
}

function delegating(
  patient: Patient,
  { actions }: Blocker,
  place: NonNullable<ReturnType<typeof blamedPlace>>,
): Change {
  const { partition } = patient.inquiry.request;
  const { accountId } = patient.inquiry.key;
  const statement = {
    Sid: freeSid("Enable IAM User Permissions", new Set(patient.read(place.policy).sids)),
    Effect: "Allow",
    Principal: { AWS: rootArn(partition, accountId) },
    Action: "kms:*",
    Resource: "*",
  };
  const title = `Let the account's identity policies decide, as the default key policy does, also of ${inWords(actions)}`;
  const owner = layerOwners["key-policy"];
  const told = { owner, title, policy: place.policy.name, change: "add-statement", statement } as const;
  return documentChange(patient, place, { added: [statement] }, told);
}

/** A key that can be used: enabled, or another one. */
export function keyStateChanges(patient: Patient, blocker: Blocker): Change[] {
  const { inquiry } = patient;
  const { key, request } = inquiry;
  const layer = "key-state";
  const told = { layer, owner: layerOwners[layer], policy: null, statement: null } as const;
  const enabled = (title: string): Change => ({
    fix: { ...told, title, change: "enable-key" },
    edits: [{ kind: "key-state", state: "Enabled" }],
    obstacle: null,
    isFallback: false,
    alsoWidens: ["all whom the key's policy or a grant allows: use of the key again, for what it encrypted as well"],
  });
  const isFitting =
    !key.isByAlias &&
    (key.read?.keySpec ?? fittingKey.keySpec) === fittingKey.keySpec &&
    (key.read?.keyUsage ?? fittingKey.keyUsage) === fittingKey.keyUsage &&
    key.region === request.region;
  const state = isFitting ? (key.read?.state ?? null) : null;
  switch (state) {
    case "Disabled":
      return [enabled("Enable the key (kms:EnableKey)"), ...anotherKey(patient)];
    case "PendingDeletion":
    case "PendingReplicaDeletion":
      // Of a primary key, too, "until it is deleted": multi-region-keys-delete.html in the developer guide of KMS.
      return [
        enabled("Cancel the key's deletion (kms:CancelKeyDeletion), then enable it (kms:EnableKey)"),
        ...anotherKey(patient),
      ];
    case "PendingImport":
    case "Creating":
    case "Unavailable": {
      const titles = {
        PendingImport: "Import the key's material (kms:ImportKeyMaterial)",
        Creating: "Wait until the key is made",
        Unavailable: "Connect the key's custom key store again (kms:ConnectCustomKeyStore)",
      } as const;
      return [...anotherKey(patient), untried({ ...told, title: titles[state], change: "other" }, "key-not-ready")];
    }
    default: {
      const title = `Use a symmetric ENCRYPT_DECRYPT key that exists in ${request.region}, is enabled, and is given by its key ARN: it is needed for ${inWords(blocker.actions)}`;
      return [...anotherKey(patient), untried({ ...told, title, change: "other" }, "another-key")];
    }
  }
}

/** The key that an alias stands for, by its ARN; and the AWS managed key, which is used where no key is named. */
function anotherKey({ inquiry }: Patient): Change[] {
  const { key, request } = inquiry;
  const tags = request.backupVaultTags;
  const isTagged = Object.keys(tags).length > 0;
  const layer = "key-state";
  const told = { layer, owner: "account", policy: null, statement: null, change: "other" } as const;
  const change = (title: string, encryptionKeyArn: string | null, note?: string): Change => ({
    fix: {
      ...told,
      title,
      ...(note !== undefined && { note }),
      ...(isTagged && { backupVaultTags: tags }),
    },
    edits: [{ kind: "key-choice", encryptionKeyArn }],
    obstacle: null,
    isFallback: false,
    alsoWidens: [],
  });
  return [
    ...(key.isByAlias && key.arn !== null
      ? [change(`Name the key by its ARN, ${key.arn}, not by an alias`, key.arn)]
      : []),
    ...(key.isDefault
      ? []
      : [
          change(
            "Name no key: the vault is then encrypted with the AWS managed key aws/backup, which other accounts cannot use",
            null,
            "The policy of that key was not read, and is taken to be as public repositories show it.",
          ),
        ]),
  ];
}
