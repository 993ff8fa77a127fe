import * as v from "valibot";
import { reasonOf } from "../aws/Answer.js";
import type { Evidence } from "../snapshot/Evidence.js";
import { fitting } from "./fitting.js";
import type { Reading } from "./Reading.js";

type Run = { action: string; allowed: boolean; keyState?: "refused" };

interface Probe {
  operation: string;
  input: object;
  /** What KMS answers with where it does what it is asked, as an endpoint may that knows no DryRun. */
  done: v.GenericSchema;
}

/** KMS refuses for the state of the key, whoever asks. */
const forState: ReadonlySet<string> = new Set([
  "KMSInvalidStateException",
  "DisabledException",
  "KeyUnavailableException",
]);

/**
 * Asks KMS itself, as the caller, without doing anything: DryRun answers DryRunOperationException where the call would be
 * allowed. DescribeKey, which only reads, is really made. These calls carry no kms:ViaService.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export async function dryRun(reading: Reading, KeyId: string, granteeArn: string): Promise<Evidence<Run[]>> {
  const something = v.union([v.pipe(v.string(), v.nonEmpty()), v.instance(Uint8Array)]);
  const probes: readonly Probe[] = [
    {
      operation: "CreateGrant",
      input: { KeyId, GranteePrincipal: granteeArn, Operations: ["Decrypt"], DryRun: true },
      done: v.object({ GrantId: something }),
    },
    {
      operation: "GenerateDataKey",
      input: { KeyId, KeySpec: "AES_256", DryRun: true },
      done: v.object({ CiphertextBlob: something }),
    },
    {
      operation: "Decrypt",
      input: { KeyId, CiphertextBlob: undefined, DryRun: true, DryRunModifiers: ["IGNORE_CIPHERTEXT"] },
      done: v.object({ Plaintext: something }),
    },
    { operation: "DescribeKey", input: { KeyId }, done: v.object({ KeyMetadata: v.object({ Arn: something }) }) },
  ];
  const answers = await Promise.all(probes.map(async (probe) => ({ probe, answer: await probed(reading, probe) })));
  const runs: Run[] = [];
  let reason = "";
  for (const { probe, answer } of answers) {
    const action = `kms:${probe.operation}`;
    if (answer.ok) runs.push({ action, ...answer.value });
    else if (answer.why === "refused") runs.push({ action, allowed: false });
    else reason = reasonOf(answer);
  }
  return runs.length === 0 ? { status: "unreadable", reason } : { status: "read", value: runs };
}

/** The errors by which KMS says what it would have done are the answer that was asked for. */
function probed({ clients, reader }: Reading, { operation, input, done }: Probe) {
  return reader.ask(`kms:${operation} (dry run)`, async (abortSignal): Promise<Omit<Run, "action">> => {
    try {
      fitting(done, await clients.send("kms", operation, input, abortSignal));
      return { allowed: true };
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      if (name === "DryRunOperationException") return { allowed: true };
      if (forState.has(name)) return { allowed: false, keyState: "refused" };
      throw error;
    }
  });
}
