import type { EvidenceMemory } from "../aws/EvidenceMemory.js";
import type { LiveOptions } from "../client/LiveOptions.js";
import { openLiveAccount } from "../client/openLiveAccount.js";
import { sharedSnapshot } from "../client/sharedSnapshot.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { accountFiles, type SurveyedAccount } from "./accountFiles.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { type LiveFlags, liveCalls } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { remedyOf } from "./remedyOf.js";
import { type SharedEvidence, survey } from "./survey.js";
import type { SurveyFlags } from "./surveyFlags.js";
import { wantedPrincipals } from "./wantedPrincipals.js";
import { whileReading } from "./whileReading.js";
import { whyNotRun } from "./whyNotRun.js";

/** `check` of many principals: theirs from a stream or from stored dumps; organization and key are read once, live. */
export async function liveSurvey(
  { principal, ...options }: LiveFlags & SurveyFlags & OutputOptions,
  io: CliIo,
): Promise<number> {
  const { accountFile, quiet } = options;
  const wanted = await wantedPrincipals({ ...options, ...(principal !== undefined && { principal }) }, io);
  const { requests, options: given } = await liveCalls(options, io);
  return whileReading(io, { quiet, total: null }, ({ signal, done }) => {
    const live = { ...given, abortSignal: signal };
    const accounts =
      accountFile === undefined
        ? () => accountOfReader(requests[0]?.region, live)
        : (broken: (error: CliError) => void) => accountFiles(accountFile, io, broken);
    const shared = sharedReader(requests, live);
    const asked = { backupVaultTags: options.tag, context: options.context };
    return survey({ accounts, shared, wanted, asked, isOfMany: requests.length > 1, signal, done }, options, io);
  });
}

/** What is the same for all accounts is read once for a Region, whose services answer for it alone. */
function sharedReader(requests: readonly VaultRequest[], live: LiveOptions) {
  const memories = new Map<string | undefined, EvidenceMemory>();
  const started = new Date();
  return async (account: SurveyedAccount): Promise<SharedEvidence[]> => {
    const found: SharedEvidence[] = [];
    for (const request of requests) {
      const memory = memories.get(request.region) ?? new Map();
      memories.set(request.region, memory);
      const { snapshot, calls } = await sharedSnapshot(request, live, account, { memory, now: () => started });
      const root = calls.length === 0 ? null : whyNotRun(calls);
      if (root !== null) throw root;
      found.push({ snapshot, unread: calls.filter(({ status }) => status !== "answered") });
    }
    return found;
  };
}

async function* accountOfReader(region: string | undefined, live: LiveOptions): AsyncGenerator<SurveyedAccount> {
  try {
    const account = await openLiveAccount(region, live);
    try {
      const { accountId, principals } = account;
      yield { ...account, name: `account ${accountId}`, principals: () => told(principals()) };
    } finally {
      account.close();
    }
  } catch (error) {
    throw cliErrorOf(error);
  }
}

async function* told<T>(stream: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw cliErrorOf(error);
  }
}

/** What AWS said ends the survey, as what could not be run; another error is another's to tell. */
function cliErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || !/^(iam|sts):/.test(error.message)) return error;
  const remedy = remedyOf(error.message.replace(/^(iam|sts):\w+: /, ""));
  const instead = /^iam:.*(AccessDenied|not authorized)/.test(error.message)
    ? "whoever reads the evidence needs iam:GetAccountAuthorizationDetails; --principal ARN reads a principal by itself"
    : remedy;
  return new CliError(instead === undefined ? error.message : `${error.message.replace(/\.$/, "")}. ${instead}`, 4);
}
