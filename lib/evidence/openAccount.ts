import { reasonOf } from "../aws/Answer.js";
import { awsReader } from "../aws/awsReader.js";
import { diagnosticClients } from "../aws/diagnosticClients.js";
import { wideSignal } from "../aws/wideSignal.js";
import { parsePrincipalArn } from "../facts/arn.js";
import type { AccountSource } from "./AccountSource.js";
import { accountEvidence } from "./accountEvidence.js";
import type { AccountPage } from "./accountPageSchema.js";
import type { CollectOptions } from "./CollectOptions.js";
import { explainRead } from "./explainRead.js";
import { readAccount } from "./readAccount.js";
import { readAnswer } from "./readAnswer.js";

/** IAM takes its time for a page of some hundred principals. */
const longestCall = 60_000;
/** A stream of many pages is throttled sooner than the few calls of one diagnosis. */
const retries = 6;

/**
 * The account of whoever reads the evidence: its groups and managed policies are read at once, its users and roles as they
 * are asked for, page by page, so that memory does not grow with their number.
 *
 * @throws an error named as AWS named it, where IAM does not tell; `principals()` throws it too
 */
export async function openAccount(
  options: Pick<CollectOptions, "caller" | "evidence" | "signal" | "callLimit">,
): Promise<AccountSource & { close: () => void }> {
  const { signal, release } = wideSignal(options.signal);
  const reader = await awsReader({
    signal,
    explain: explainRead,
    callLimit: Math.min(longestCall, options.callLimit ?? longestCall),
    retries,
  });
  const clients = diagnosticClients(options.evidence ?? options.caller);
  const reading = { clients, reader };
  const close = () => {
    release();
    clients.destroy();
  };
  try {
    const answer = await readAnswer(reading, "sts:GetCallerIdentity", {});
    const told = answer.ok ? parsePrincipalArn(answer.value.Arn) : null;
    if (!answer.ok) throw Object.assign(new Error(`sts:GetCallerIdentity: ${reasonOf(answer)}`), { name: answer.name });
    if (told === null) throw new Error(`sts:GetCallerIdentity answered ${answer.value.Arn}`);
    const shared: AccountPage[] = [];
    for await (const page of readAccount(reading, "shared")) shared.push(page);
    return {
      partition: told.partition,
      accountId: told.accountId,
      snapshotOf: accountEvidence(shared),
      async *principals() {
        for await (const { UserDetailList, RoleDetailList } of readAccount(reading, "principals")) {
          yield [...UserDetailList, ...RoleDetailList];
        }
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
