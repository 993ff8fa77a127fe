import type { KeyState } from "../policy/KeyState.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import type { Assumption } from "./assumptions.js";
import { tagIn } from "./callerKeyState.js";
import { callKind } from "./callKind.js";
import { type KnownKey, keyOf } from "./keyOf.js";

const absent: KeyState = { kind: "absent" };
const unknown: KeyState = { kind: "unknown", multiValued: false };
const present: KeyState = { kind: "present", multiValued: false };
const value = (text: string): KeyState => ({ kind: "value", value: text });

const vaultKey = "aws:backup:backup-vault";

/**
 * Keys of KMS and of the key. Null: the key is none of these. `key` is in lower case.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export function kmsKeyState(
  snapshot: Snapshot,
  action: string,
  key: string,
  without: ReadonlySet<Assumption>,
): KeyState | null {
  const isKms = callKind(action) === "kms";
  if (key.startsWith("aws:resourcetag/")) {
    return isKms ? resourceTag(keyOf(snapshot), key.slice("aws:resourcetag/".length)) : absent;
  }
  if (!key.startsWith("kms:")) return null;
  if (!isKms) return absent;
  return keyAttribute(keyOf(snapshot), key) ?? callKey(snapshot, action, key, without);
}

/** Keys of the call that AWS Backup forwards. */
function callKey(snapshot: Snapshot, action: string, key: string, without: ReadonlySet<Assumption>): KeyState {
  const operation = action.slice("kms:".length).toLowerCase();
  const isCreateGrant = operation === "creategrant";
  const isRetireGrant = operation === "retiregrant";
  const isCryptographic = operation === "decrypt" || operation === "generatedatakey";
  const hasContext = isCreateGrant || isCryptographic;

  if (key.startsWith("kms:encryptioncontext:")) {
    if (isRetireGrant) return unknown;
    if (!hasContext) return absent;
    if (key === `kms:encryptioncontext:${vaultKey}`) return present;
    return without.has("encryption-context") ? unknown : absent;
  }
  if (key.startsWith("kms:recipientattestation:")) return without.has("request-alias") ? unknown : absent;
  switch (key) {
    case "kms:viaservice":
      return value(`backup.${snapshot.request.region}.amazonaws.com`);
    case "kms:calleraccount":
      return value(snapshot.request.accountId);
    case "kms:encryptioncontextkeys":
      if (isRetireGrant) return { kind: "unknown", multiValued: true };
      if (!hasContext) return absent;
      return without.has("encryption-context")
        ? { kind: "present", multiValued: true, includes: [vaultKey] }
        : { kind: "value", value: [vaultKey] };
    case "kms:grantisforawsresource":
      return isCreateGrant ? value("true") : absent;
    case "kms:grantoperations":
      return isCreateGrant ? { kind: "present", multiValued: true } : absent;
    case "kms:grantconstrainttype":
      return isCreateGrant ? present : isRetireGrant ? unknown : absent;
    case "kms:granteeprincipal":
    case "kms:granteeserviceprincipal":
    case "kms:retiringprincipal":
    case "kms:retiringserviceprincipal":
    case "kms:grantconstraintsourcearn":
      return isCreateGrant ? unknown : absent;
    case "kms:encryptionalgorithm":
      return isCryptographic ? value("SYMMETRIC_DEFAULT") : absent;
    case "kms:requestalias":
      return without.has("request-alias") ? unknown : absent;
    default:
      return absent;
  }
}

/** Keys of the key: from what was read, or as published for the AWS managed key (contract, section 3). */
function keyAttribute(known: KnownKey, key: string): KeyState | null {
  const { read, awsManaged } = known;
  const told = (text: string | undefined, managed: string): KeyState =>
    text !== undefined ? value(text) : awsManaged ? value(managed) : unknown;
  const multiRegion = read?.multiRegion ?? (awsManaged ? false : undefined);
  switch (key) {
    case "kms:keyorigin":
      return told(read?.origin, "AWS_KMS");
    case "kms:keyspec":
      return told(read?.keySpec, "SYMMETRIC_DEFAULT");
    case "kms:keyusage":
      return told(read?.keyUsage, "ENCRYPT_DECRYPT");
    case "kms:multiregion":
      return multiRegion === undefined ? unknown : value(String(multiRegion));
    case "kms:multiregionkeytype":
      if (read?.multiRegionKeyType !== undefined) return value(read.multiRegionKeyType);
      return multiRegion === false ? absent : unknown;
    case "kms:resourcealiases":
      return resourceAliases(known);
    default:
      return null;
  }
}

function resourceAliases({ read, awsManaged }: KnownKey): KeyState {
  const aliases = read?.aliases;
  if (aliases?.status === "read") return aliases.value.length > 0 ? { kind: "value", value: aliases.value } : absent;
  if (aliases?.status === "none") return absent;
  return awsManaged ? { kind: "value", value: ["alias/aws/backup"] } : { kind: "unknown", multiValued: true };
}

function resourceTag({ read }: KnownKey, wanted: string): KeyState {
  const tags = read?.tags;
  if (tags?.status === "read") {
    const tag = tagIn(tags.value, wanted);
    return tag === undefined ? absent : value(tag);
  }
  return tags?.status === "none" ? absent : unknown;
}
