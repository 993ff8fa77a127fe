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
  const probes: [string, (abortSignal: AbortSignal) => Promise<unknown>][] = [
    [
      "kms:CreateGrant",
      (abortSignal) =>
        client.send(
          new module.CreateGrantCommand({ KeyId, GranteePrincipal: granteeArn, Operations: ["Decrypt"], DryRun: true }),
          { abortSignal },
        ),
    ],
    [
      "kms:GenerateDataKey",
      (abortSignal) =>
        client.send(new module.GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", DryRun: true }), { abortSignal }),
    ],
    [
      "kms:Decrypt",
      (abortSignal) =>
        client.send(
          new module.DecryptCommand({
            KeyId,
            CiphertextBlob: undefined,
            DryRun: true,
            DryRunModifiers: ["IGNORE_CIPHERTEXT"],
          }),
          { abortSignal },
        ),
    ],
    ["kms:DescribeKey", (abortSignal) => client.send(new module.DescribeKeyCommand({ KeyId }), { abortSignal })],
  ];
  const answers = await Promise.all(
    probes.map(async ([action, run]) => ({
      action,
      answer: await reader.ask(`${action} (dry run)`, (abortSignal) => run(abortSignal).catch(passDryRun)),
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
function passDryRun(error: unknown): void {
  if (!(error instanceof Error && error.name === "DryRunOperationException")) throw error;
}
