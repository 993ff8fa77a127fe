/**
 * What section 3 of the contract assumes of the context. A verdict that would not stand without one is told to rest on
 * it, and a blocker that would not is only probable.
 */
export const assumptions = {
  "session-tags":
    "The session's own tags were not read: no session tag is taken to override a tag of the principal (aws:PrincipalTag).",
  "storage-account":
    "backup-storage:MountCapsule is taken to carry the caller's account and organization as aws:ResourceAccount, aws:ResourceOrgID and aws:ResourceOrgPaths; AWS does not document it.",
  "called-via":
    "The calls that AWS Backup forwards are taken to carry backup.amazonaws.com in aws:CalledVia; AWS does not document it for AWS Backup.",
  "encryption-context":
    "The encryption context of the forwarded KMS calls is taken to hold aws:backup:backup-vault and no other key; AWS documents that key, not that it is the only one.",
  "request-alias":
    "The forwarded KMS calls are taken to name the key by its ARN and to carry no attestation (kms:RequestAlias and kms:RecipientAttestation absent); AWS does not document it.",
} as const;

export type Assumption = keyof typeof assumptions;

export const assumptionNames = Object.keys(assumptions) as Assumption[];
