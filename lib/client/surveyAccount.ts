import { memoryQuestion } from "../aws/memoryQuestion.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import { isPeoples } from "../evidence/isPeoples.js";
import { newJudge } from "../newJudge.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { frozenCalls } from "./frozenCalls.js";
import type { LiveOptions } from "./LiveOptions.js";
import { checkLive } from "./liveSnapshot.js";
import { openLiveAccount } from "./openLiveAccount.js";
import { sharedSnapshot } from "./sharedSnapshot.js";

/** Options of a survey. */
export interface SurveyOptions extends LiveOptions {
  /** Which principals are asked about. Default: all but service-linked roles, which only AWS uses. */
  wants?: ((principalArn: string) => boolean) | undefined;
  /**
   * Where several accounts of an organization are surveyed, one after the other, with the same
   * `evidence.organizationCredentials`: a map of yours in which Organizations' answers are kept from one to the next, so
   * that what they share is read once. Default: each reads for itself.
   */
  organizationAnswers?: Map<string, Promise<unknown>> | undefined;
}

/**
 * Says for every user and role of the account that the evidence is read in whether it may create a vault, and if not, why
 * not. IAM is read by one stream of GetAccountAuthorizationDetails, organization and key once; the simulator is not asked,
 * and no fixes are looked for. Memory does not grow with the number of principals.
 *
 * @throws InvalidRequestError where the request or an option is wrong, before any call; an error named as AWS named it,
 * where IAM does not tell: what was given before it holds
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 * @example
 * for await (const { subject, outcome } of surveyAccount({ backupVaultName: "prod-vault", region: "eu-west-1" })) {
 *   console.log(subject.principalArn, outcome);
 * }
 */
export async function* surveyAccount(
  request: Omit<VaultRequest, "principalArn">,
  options: SurveyOptions = {},
): AsyncGenerator<Diagnosis, void, undefined> {
  const { wants = isPeoples, organizationAnswers = new Map(), ...live } = options;
  checkLive(request, live);
  const account = await openLiveAccount(request.region, live);
  try {
    const started = new Date();
    const memory = new Map(organizationAnswers);
    const { snapshot, calls } = await sharedSnapshot(request, live, account, { memory, now: () => started });
    // Another reader is another one in each account.
    for (const [question, answer] of memory) {
      if (memoryQuestion.isOf("organization", question)) organizationAnswers.set(question, answer);
    }
    const judge = newJudge();
    const evidence = frozenCalls(calls.filter(({ status }) => status !== "answered"));
    for await (const some of account.principals()) {
      for (const principal of some.filter(({ Arn }) => wants(Arn))) {
        const diagnosis = judge.diagnose(account.snapshotOf(snapshot, principal), { fixes: false });
        yield Object.freeze({ ...diagnosis, evidence });
      }
    }
  } finally {
    account.close();
  }
}
