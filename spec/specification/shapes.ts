/* Made from docs/specification.md: UPDATE_SHAPES=1 npx mocha spec/specification/shapes.spec.ts */
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";

export type Evidence<T> =
  | { status: "read"; value: T }
  | { status: "none" }                          // looked for, and there is none
  | { status: "unreadable"; reason: string }    // asked for, and refused or failed: the error's name and message
  | { status: "notRead" };                      // not asked for, or no API tells it (session policies)

export interface Snapshot {
  snapshotVersion: 1;
  capturedAt: string;                       // ISO 8601; is aws:CurrentTime too, unless context gives that
  request: {
    operation: "CreateBackupVault";
    partition: string;                      // aws, aws-cn, aws-us-gov, ...
    region: string;
    accountId: string;                      // the caller's account, in which the vault would be made
    backupVaultName: string;
    encryptionKeyArn: string | null;        // null: the AWS managed key, alias/aws/backup
    backupVaultTags: Record<string, string>;
  };
  caller: {
    arn: string;                            // as sts:GetCallerIdentity answers: the ARN of a user, an assumed role, a federated user
                                            // or root; the role's own ARN where a role is asked about and none of its sessions is known
    principalArn: string;                   // the IAM user or role behind it, with its path; for root and federated users, arn again
    issuerArn?: string;                     // of a federated user: the IAM user whose policies apply
    userId?: string;
    tags: Evidence<Record<string, string>>;          // the principal's own
    sessionTags?: Evidence<Record<string, string>>;  // override the principal's; left out: not read
  };
  context: Record<string, ContextValue>;    // what else is known of the caller's own call
  policies: {
    identity: Evidence<Policy[]>;            // attached and inline, for users those of their groups too
    permissionsBoundary: Evidence<Policy>;
    session: Evidence<Policy[]>;
    serviceControl: Evidence<OrganizationTarget[]>;   // of the caller's account: root first, account last; []: the type is not enabled
    resourceControl: Evidence<OrganizationTarget[]>;  // of the account that owns the key, in the same order
    vpcEndpoint: Evidence<Policy>;           // of the endpoint that the call passes; attachedTo: the endpoint's id
  };
  key: Evidence<{
    arn: string; accountId: string;
    manager: "AWS" | "CUSTOMER" | null;      // null: not read
    state: string | null;                    // KMS's KeyState; null: not read
    policy: Evidence<Policy>;
    grants: Evidence<Grant[]>;
    keySpec?: string; keyUsage?: string; origin?: string; multiRegion?: boolean; multiRegionKeyType?: string;
    aliases?: Evidence<string[]>; tags?: Evidence<Record<string, string>>;
    organization?: Evidence<Organization>;   // the key owner's; left out: the caller's where the accounts are the same, else not read
  }>;
  organization: Evidence<Organization>;      // the caller's
  simulation: Evidence<SimulationCall[]>;
  dryRun?: Evidence<{ action: string; allowed: boolean; keyState?: "refused" }[]>;   // KMS dry runs that the caller itself made, without
                                                                                     // kms:ViaService; keyState: KMS refused for the key's state
  cloudTrail?: Evidence<TrailEvent[]>;       // what CloudTrail recorded of the calls that AWS Backup forwarded, and of the call itself
  denial: { name: string; message: string; requestId?: string } | null;   // the refusal that was seen, if one was
}
export type ContextValue = string | string[] | null | { present: true };   // null: known to be absent; present: there, its value not known
export interface Organization { id: string; managementAccountId: string; path: string | null }   // path: as in aws:PrincipalOrgPaths
export interface Policy {
  name: string; arn?: string; id?: string; attachedTo?: string;     // "role/Deployer", "group/Admins", "vpce-..."
  document: string | PolicyDocument | null;  // a JSON object, or its text as AWS gave it (also URL-encoded); null: could not be read
  unreadable?: string;                       // why document is null
}
export interface OrganizationTarget { id: string; type: "ROOT" | "ORGANIZATIONAL_UNIT" | "ACCOUNT"; name?: string; policies: Policy[]; unreadable?: string }
export interface Grant { grantId: string; granteePrincipal?: string; retiringPrincipal?: string; issuingAccount?: string; operations: string[];
                  constraints?: { encryptionContextSubset?: Record<string, string>; encryptionContextEquals?: Record<string, string> } }
export interface SimulationCall { input: object; results: object[] }   // the whole input of SimulatePrincipalPolicy, its EvaluationResults unchanged
export interface TrailEvent { eventId: string; eventTime: string; eventSource: string; eventName: string; errorCode?: string; errorMessage?: string;
                       userArn?: string; invokedBy?: string; keyArn?: string; backupVaultName?: string; encryptionContext?: Record<string, string> }

export type Layer = "identity-policy" | "permissions-boundary" | "session-policy" | "service-control-policy"
           | "resource-control-policy" | "key-policy" | "key-state" | "vpc-endpoint-policy";
export type Verdict = "allowed" | "explicitDeny" | "implicitDeny" | "unknown" | "notApplicable";
export type Source = "policies" | "simulator" | "denial-message" | "cloudtrail" | "dry-run";

export interface Diagnosis {
  diagnosisVersion: 1;
  outcome: "blocked" | "allowed" | "inconclusive";
  subject: { operation: string; principalArn: string | null; callerArn: string | null; accountId: string | null; region: string | null;
             backupVaultName: string | null; encryptionKeyArn: string | null };   // who, what and where was judged; null: not known
  call?: { backupVaultTags?: Record<string, string>; context?: Record<string, ContextValue>;   // what else was asked, as in the snapshot; left out: nothing
           profile?: string; evidenceProfile?: string; evidenceRole?: string; organizationRole?: string };   // at the command line: as whom it was asked and read; the next steps ask again likewise
  planned?: { address: string; file: string; key: string | null; parameters?: string[]; unsettled?: string[] };   // of a plan: vault and key as the tool names them; key null: the plan makes none; parameters as given, secret ones (NoEcho) as NAME=VALUE; unsettled: by what the answer may be another once it is applied (section 6)
  blockingLayer: Layer | null;               // the first blocker's layer; null unless blocked
  blockers: Blocker[]; omittedBlockers?: number;
  suspects: { layer: Layer; actions: string[]; reason: string; dependsOn: string[];
              statements: (StatementRef & { target: string | null })[] }[];   // those that hang on what is unknown
  actions: {                                  // the seven, in the order below; then backup:TagResource where tags are given, and an
                                              // action that a denial names
    action: string; resource: string; verdict: Verdict;
    layers: Record<Layer, { verdict: Verdict; sources: Source[]; statements: StatementRef[]; dependsOn: string[] }>;   // always all eight
  }[];
  fixes: Fix[];
  assumptions: string[];
  disagreements: { layer: Layer; action: string; verdicts: Partial<Record<Source, Verdict>>; note: string }[];
  evidence: { call: string; status: "answered" | "refused" | "failed" | "skipped"; detail?: string; milliseconds?: number }[];
  summary: string;                            // what a person reads first: one sentence for each blocker
}
export interface Blocker {
  layer: Layer; effect: "explicitDeny" | "implicitDeny"; actions: string[];   // in the order of Diagnosis.actions
  certainty: "confirmed" | "probable";
  policy: { name: string; arn?: string; id?: string; attachedTo?: string } | null;
  statement: { sid: string | null; index: number } | null;                    // index counts from 0; null where silence blocks
  target: string | null;                     // service and resource control policies: the id of the root, unit or account at fault
  reason: string;
}
export interface StatementRef { policy: string; sid: string | null; index: number; effect: "Allow" | "Deny" }   // a grant: policy "grant/ID", index 0
export interface Fix { blocker: number; layer: Layer;   // blocker: an index into Diagnosis.blockers
                owner: "account" | "organization" | "key-owner"; title: string; policy: string | null;
                change: "add-statement" | "edit-statement" | "remove-statement" | "attach-policy" | "create-policy" | "enable-key" | "other";
                statement: object | null; verified: boolean; note?: string;
                document?: { before: string | null; after: string };   // the whole policy document, as text, where one is changed or made
                policyId?: string;   // of a policy of the organization that no blocker names
                further?: { target: string; policy: string; policyId?: string; document: { before: string | null; after: string } }[];   // service control policies that have to be changed (or, without "before", attached) with it
                sessionPolicyArns?: string[];   // of a session's inline policy: the managed ones that its new session has as well
                session?: { tags?: Record<string, string>; sourceIdentity?: string };   // of the same: what was read of how the session was made
                backupVaultTags?: Record<string, string>;   // of a call with another key or other tags: the tags that the vault is to have
                widens?: string[];    // what else the change allows, in words: other principals, actions, resources; []: nothing
                simulated?: { answer: "agrees" | "disagrees" | "undecided" | "unreadable" | "not-asked"; detail: string } }   // --prove-fixes
