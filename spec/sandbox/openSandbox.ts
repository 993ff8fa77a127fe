import { randomBytes } from "node:crypto";
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";
import pRetry from "p-retry";
import { requiredActions } from "../../lib/facts/actions.js";
import type { PolicyDocument, PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import type { SandboxConnection } from "./SandboxConnection.js";
import type { SandboxJourney } from "./SandboxJourney.js";

/** What one journey needs, made. */
export interface SandboxScene {
  roleArn: string;
  keyArn: string | null;
  /** Credentials of a session of the role. */
  credentials: AwsCredentialIdentity;
}

/** A place in an account where journeys are set up, and from which everything is removed again. */
export interface Sandbox {
  accountId: string;
  set: (journey: SandboxJourney) => Promise<SandboxScene>;
  /** Removes everything that was made, the last first. @returns what could not be removed, and why */
  close: () => Promise<string[]>;
}

/** Everything made here stands under it, so that it can be told from what is not ours. */
export const sandboxPath = "/backup-vault-access-sandbox/";

/**
 * Opens a sandbox: roles, policies and keys under a path and tags of their own. What cannot be known beforehand is waited for:
 * a new role is not assumable for some seconds.
 */
export async function openSandbox(connection: SandboxConnection): Promise<Sandbox> {
  const iam = new IAMClient(connection);
  const kms = new KMSClient(connection);
  const sts = new STSClient(connection);
  const undo: { what: string; act: () => Promise<unknown> }[] = [];
  const run = randomBytes(4).toString("hex");
  const tags = { Key: "backup-vault-access:sandbox", Value: run };
  const { Account: accountId = "", Arn: administrator = "" } = await sts.send(new GetCallerIdentityCommand({}));
  const [, partition = "aws"] = administrator.split(":");
  let count = 0;

  /** `undone` is noted before anything is made: what fails half-way is removed too. */
  const made = async <T>(what: string, act: () => Promise<T>, undone: (result: T) => Promise<unknown>): Promise<T> => {
    const result = await act();
    undo.push({ what, act: () => undone(result) });
    return result;
  };

  const role = async (journey: SandboxJourney): Promise<{ name: string; arn: string }> => {
    count += 1;
    const name = `vault-access-${run}-${count}`;
    const boundary = journey.boundaryWithout;
    const boundaryArn =
      boundary === undefined
        ? undefined
        : await made(
            `policy ${name}-boundary`,
            async () =>
              (
                await iam.send(
                  new CreatePolicyCommand({
                    PolicyName: `${name}-boundary`,
                    Path: sandboxPath,
                    PolicyDocument: JSON.stringify(allowing({ except: boundary })),
                  }),
                )
              ).Policy?.Arn,
            (arn) => iam.send(new DeletePolicyCommand({ PolicyArn: arn })),
          );
    const arn = await made(
      `role ${name}`,
      async () =>
        (
          await iam.send(
            new CreateRoleCommand({
              RoleName: name,
              Path: sandboxPath,
              AssumeRolePolicyDocument: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                  {
                    Effect: "Allow",
                    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
                    Action: "sts:AssumeRole",
                  },
                ],
              }),
              Tags: [tags],
              ...(boundaryArn !== undefined && { PermissionsBoundary: boundaryArn }),
            }),
          )
        ).Role?.Arn ?? "",
      () => iam.send(new DeleteRoleCommand({ RoleName: name })),
    );
    await made(
      `policy of role ${name}`,
      () =>
        iam.send(
          new PutRolePolicyCommand({
            RoleName: name,
            PolicyName: "CreateVaults",
            PolicyDocument: JSON.stringify(allowing({ except: journey.without, denied: journey.denied })),
          }),
        ),
      () => iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: "CreateVaults" })),
    );
    return { name, arn };
  };

  const key = async (journey: SandboxJourney, roleArn: string): Promise<string> => {
    const account = `arn:${partition}:iam::${accountId}:root`;
    const delegating: PolicyStatement = {
      Sid: "AccountDecides",
      Effect: "Allow",
      Principal: { AWS: account },
      Action: "kms:*",
      Resource: "*",
    };
    const statements =
      journey.keyStatements === undefined
        ? [delegating]
        : [
            // Without the account's own statement the administrator must be named, or nobody could delete the key.
            {
              ...delegating,
              Sid: "Administrator",
              Condition: { ArnLike: { "aws:PrincipalArn": principalOf(administrator) } },
            },
            ...journey.keyStatements(roleArn),
            ...(journey.keyStatements(roleArn).length === 0 ? [] : [delegating]),
          ];
    const policy: PolicyDocument = { Version: "2012-10-17", Statement: statements };
    // KMS refuses a key policy that names a role which it does not know yet.
    return made(
      "key",
      () =>
        patiently(
          async () =>
            (
              await kms.send(
                new CreateKeyCommand({
                  Policy: JSON.stringify(policy),
                  Description: "backup-vault-access sandbox",
                  Tags: [{ TagKey: tags.Key, TagValue: tags.Value }],
                }),
              )
            ).KeyMetadata?.Arn ?? "",
          /MalformedPolicyDocument/,
        ),
      async (arn) => {
        if (journey.isKeyDisabled === true) await kms.send(new EnableKeyCommand({ KeyId: arn }));
        await kms.send(new ScheduleKeyDeletionCommand({ KeyId: arn, PendingWindowInDays: 7 }));
      },
    );
  };

  return {
    accountId,
    async set(journey) {
      const { name, arn: roleArn } = await role(journey);
      const keyArn = journey.isDefaultKey === true ? null : await key(journey, roleArn);
      if (journey.isKeyDisabled === true && keyArn !== null) await kms.send(new DisableKeyCommand({ KeyId: keyArn }));
      const session = await patiently(
        () =>
          sts.send(
            new AssumeRoleCommand({
              RoleArn: roleArn,
              RoleSessionName: `sandbox-${name}`,
              ...(journey.sessionWithout !== undefined && {
                Policy: JSON.stringify(allowing({ except: journey.sessionWithout })),
              }),
            }),
          ),
        /AccessDenied/,
      );
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = session.Credentials ?? {};
      return {
        roleArn,
        keyArn,
        credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
      };
    },
    async close() {
      const left: string[] = [];
      for (const { what, act } of undo.reverse()) {
        try {
          await act();
        } catch (error) {
          left.push(`${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : typeof error}`);
        }
      }
      for (const client of [iam, kms, sts]) client.destroy();
      return left;
    },
  };
}

/** The seven actions but one, and a read by which it shows when the policy has arrived everywhere. */
function allowing({ except, denied }: { except?: string | undefined; denied?: string | undefined }): PolicyDocument {
  const actions = ["backup:ListBackupVaults", "backup:DeleteBackupVault", "backup:TagResource"];
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "CreateVaults",
        Effect: "Allow",
        Action: [...requiredActions.filter((action) => action !== except), ...actions],
        Resource: "*",
      },
      ...(denied === undefined ? [] : [{ Sid: "Denied", Effect: "Deny" as const, Action: denied, Resource: "*" }]),
    ],
  };
}

/** A pattern of the caller's aws:PrincipalArn: of a session's role the path is not known. */
function principalOf(arn: string): string {
  const [, partition, , account, resource = ""] = arn.split(":");
  const [kind, name] = resource.split("/");
  return kind === "assumed-role" ? `arn:${partition}:iam::${account}:role/*${name}` : arn;
}

/** Tries again while AWS has not heard everywhere of what was just made. */
function patiently<T>(act: () => Promise<T>, notYet: RegExp): Promise<T> {
  return pRetry(act, {
    retries: 8,
    minTimeout: 500,
    maxTimeout: 8000,
    shouldRetry: ({ error }) => notYet.test(error.name),
  });
}
