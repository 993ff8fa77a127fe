import { reasonOf } from "../aws/Answer.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Reading } from "./Reading.js";

type Run = { action: string; allowed: boolean };

/**
 * Asks KMS itself, as the caller, without doing anything: DryRun answers DryRunOperationException where the call would be
 * allowed. DescribeKey, which only reads, is really made. These calls carry no kms:ViaService.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export async function dryRun(
  { clients, reader }: Reading,
  KeyId: string,
  granteeArn: string,
): Promise<Evidence<Run[]>> {
  const { client, module } = await clients.kms();
  // Each gives what KMS answers with where it does what it is asked, as an endpoint may that knows no DryRun.
  const probes: [string, (abortSignal: AbortSignal) => Promise<unknown>][] = [
    [
      "kms:CreateGrant",
      async (abortSignal) => {
        const { GrantId } = await client.send(
          new module.CreateGrantCommand({ KeyId, GranteePrincipal: granteeArn, Operations: ["Decrypt"], DryRun: true }),
          { abortSignal },
        );
        return GrantId;
      },
    ],
    [
      "kms:GenerateDataKey",
      async (abortSignal) => {
        const input = { KeyId, KeySpec: "AES_256" as const, DryRun: true };
        return (await client.send(new module.GenerateDataKeyCommand(input), { abortSignal })).CiphertextBlob;
      },
    ],
    [
      "kms:Decrypt",
      async (abortSignal) => {
        const { Plaintext } = await client.send(
          new module.DecryptCommand({
            KeyId,
            CiphertextBlob: undefined,
            DryRun: true,
            DryRunModifiers: ["IGNORE_CIPHERTEXT"],
          }),
          { abortSignal },
        );
        return Plaintext;
      },
    ],
    [
      "kms:DescribeKey",
      async (abortSignal) => {
        const { KeyMetadata } = await client.send(new module.DescribeKeyCommand({ KeyId }), { abortSignal });
        return KeyMetadata?.Arn;
      },
    ],
  ];
  const answers = await Promise.all(
    probes.map(async ([action, run]) => ({
      action,
      answer: await reader.ask(`${action} (dry run)`, (abortSignal) => asked(run(abortSignal))),
    })),
  );
  const runs: Run[] = [];
  let reason = "";
  for (const { action, answer } of answers) {
    if (answer.ok) runs.push({ action, allowed: true });
    else if (answer.why === "refused") runs.push({ action, allowed: false });
    else reason = reasonOf(answer);
  }
  return runs.length === 0 ? { status: "unreadable", reason } : { status: "read", value: runs };
}

/** The error by which KMS says that the call would have been allowed is the answer that was asked for. */
async function asked(answer: Promise<unknown>): Promise<void> {
  try {
    if ((await answer) !== undefined) return;
  } catch (error) {
    if (error instanceof Error && error.name === "DryRunOperationException") return;
    throw error;
  }
  throw Object.assign(new Error("the answer held nothing"), { name: "MalformedResponse" });
}
