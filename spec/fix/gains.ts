import type { Fix } from "../../lib/diagnosis/Diagnosis.js";
import { evaluatePolicies } from "../../lib/policy/index.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import { mapPolicies } from "../random/mapPolicies.js";

/** The documents of what AWS manages: policies of its own, and the key policy of its keys. */
export function managedByAws(snapshot: Snapshot): unknown[] {
  const found: unknown[] = [];
  mapPolicies(snapshot, (list, { layer }) => {
    for (const { arn, document } of list) {
      const isKey = layer === "key-policy" && snapshot.key.status === "read" && snapshot.key.value.manager === "AWS";
      if (arn?.includes(":aws:policy/") === true || isKey) found.push(document);
    }
    return list;
  });
  return found;
}

const actions = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:CreateGrant",
  "backup:DeleteBackupVault",
  "backup:CreateBackupVault",
  "s3:GetObject",
];

/** Who may call what, and could not before. */
export interface Gain {
  principal: string;
  action: string;
  resource: string;
}

/**
 * What a fix allows that was not asked for: other actions, another vault or key, other principals, calls that do not
 * come through AWS Backup: what the old document alone refuses whatever the call carries, and the new one allows where it
 * carries nothing else.
 */
export function newlyAllowed(before: Snapshot, after: Snapshot, fix: Fix, asked: readonly string[]): Gain[] {
  if (fix.document === undefined) return [];
  const { request, organization } = before;
  const old = fix.document.before === null ? [] : [fix.document.before];
  const vault = `arn:${request.partition}:backup:${request.region}:${request.accountId}:backup-vault:`;
  const other = `arn:${request.partition}:iam::${request.accountId}:role/Somebody`;
  const found: Gain[] = [];
  for (const action of actions) {
    for (const isOther of [false, true]) {
      const isKey = action.startsWith("kms:");
      const name = isOther ? "another" : request.backupVaultName;
      const resource = action.startsWith("backup:") ? `${vault}${name}` : isKey ? keyArn(before, isOther) : "*";
      for (const principal of [before.caller.arn, other]) {
        const isAsked = asked.includes(action) && !isOther && principal === before.caller.arn && !isKey;
        if (isAsked || resource === null) continue;
        const context = {
          "aws:PrincipalArn": principal === other ? other : before.caller.principalArn,
          ...(principal !== other && before.caller.userId !== undefined && { "aws:userid": before.caller.userId }),
          "aws:ViaAWSService": "false",
          "aws:PrincipalAccount": request.accountId,
          "aws:RequestedRegion": request.region,
          ...(organization.status === "read" && {
            "aws:PrincipalOrgID": organization.value.id,
            "aws:PrincipalOrgPaths": organization.value.path === null ? [] : [organization.value.path],
          }),
        };
        // Of an identity policy of the caller's own nobody else gains.
        if (principal === other && (fix.layer === "identity-policy" || fix.layer === "session-policy")) continue;
        const asks = { action, resource, principal, context };
        const was = evaluatePolicies(old, { ...asks, unlistedKeys: "unknown" }).verdict;
        const is = evaluatePolicies([fix.document.after], { ...asks, unlistedKeys: "absent" }).verdict;
        if (is === "allowed" && (was === "implicitDeny" || was === "explicitDeny"))
          found.push({ principal, action, resource });
      }
    }
  }
  return after === before ? [] : found;
}

function keyArn({ key, request }: Snapshot, isOther: boolean): string | null {
  const arn = key.status === "read" ? key.value.arn : request.encryptionKeyArn;
  if (arn === null) return null;
  return isOther ? arn.replace(/[^/]*$/, "99999999-12ab-34cd-56ef-1234567890ab") : arn;
}
