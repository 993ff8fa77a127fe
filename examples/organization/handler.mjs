// @ts-check
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { surveyAccount } from "backup-vault-access";

/**
 * What Step Functions sends for a batch of accounts of a Distributed Map with an ItemBatcher.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 * @typedef {object} Batch
 * @property {{ vault: string, region: string, key?: string | null, auditorRole: string, organizationRole?: string | null }} BatchInput
 * @property {{ accountId: string, partition?: string }[]} Items
 *
 * One account's answer; the map's ResultWriter flattens those of all batches into lines.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 * @typedef {{ accountId: string, allowed: number, blocked: number, inconclusive: number, refused: Refused[], omitted: number }} Answered
 * @typedef {{ accountId: string, error: string }} Unanswered
 * @typedef {{ principal: string | null, layer: string | null, policy: string | null, statement: string | null }} Refused
 */

/** A state's output is 256 KiB at most: so many characters of refusals are told for a batch, the rest is counted. */
const mostCharacters = 200_000;
/** What is left of the function's time is for answering. */
const margin = 5_000;

/**
 * Asks, in each account of a batch, who may create the vault. An account that cannot be read is an answer, too, so that it
 * does not cost the others of its batch.
 *
 * @param {Batch} batch
 * @param {{ getRemainingTimeInMillis(): number }} context
 * @returns {Promise<(Answered | Unanswered)[]>}
 */
export async function handler({ BatchInput, Items }, context) {
  /** @type {(Answered | Unanswered)[]} */
  const accounts = [];
  /** What Organizations answers is the same for all of them. @type {Map<string, Promise<unknown>>} */
  const organizationAnswers = new Map();
  const { organizationRole, region } = BatchInput;
  const organizationCredentials = organizationRole ? as(organizationRole, region) : undefined;
  let room = mostCharacters;
  for (const { accountId, partition = "aws" } of Items) {
    const left = context.getRemainingTimeInMillis() - margin;
    try {
      if (left <= 0) throw new Error("no time was left; take fewer accounts a batch");
      const answered = await surveyed(BatchInput, {
        accountId,
        partition,
        left,
        room,
        organizationAnswers,
        organizationCredentials,
      });
      room -= JSON.stringify(answered.refused).length;
      accounts.push(answered);
    } catch (error) {
      accounts.push({ accountId, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    }
  }
  return accounts;
}

/**
 * @param {Batch["BatchInput"]} asked
 * @param {{ accountId: string, partition: string, left: number, room: number, organizationAnswers: Map<string, Promise<unknown>>, organizationCredentials: ReturnType<typeof as> | undefined }} where
 * with the milliseconds and the characters that are left
 * @returns {Promise<Answered>}
 */
async function surveyed({ vault, region, key, auditorRole }, where) {
  const { accountId, partition, left, room, organizationAnswers, organizationCredentials } = where;
  const answered = {
    accountId,
    allowed: 0,
    blocked: 0,
    inconclusive: 0,
    refused: /** @type {Refused[]} */ ([]),
    omitted: 0,
  };
  let characters = 0;
  const answers = surveyAccount(
    { backupVaultName: vault, region, ...(key ? { encryptionKeyArn: key } : {}) },
    {
      deadline: Math.min(left, 60_000),
      abortSignal: AbortSignal.timeout(left),
      ...(organizationCredentials ? { organizationAnswers } : {}),
      evidence: {
        credentials: as(`arn:${partition}:iam::${accountId}:role/${auditorRole}`, region),
        ...(organizationCredentials ? { organizationCredentials } : {}),
      },
    },
  );
  for await (const { outcome, subject, blockers } of answers) {
    answered[outcome] += 1;
    if (outcome !== "blocked") continue;
    const [first] = blockers;
    const refused = {
      principal: subject.principalArn,
      layer: first?.layer ?? null,
      policy: first?.policy?.name ?? null,
      statement: first?.statement?.sid ?? null,
    };
    characters += JSON.stringify(refused).length + 1;
    if (characters > room) answered.omitted += 1;
    else answered.refused.push(refused);
  }
  return answered;
}

/**
 * The credentials of a role, taken once by the function's own, however many clients use them; where that failed, anew.
 *
 * @param {string} RoleArn
 * @param {string} region
 */
function as(RoleArn, region) {
  return once(
    fromTemporaryCredentials({
      params: { RoleArn, RoleSessionName: "backup-vault-access" },
      clientConfig: { region },
    }),
  );
}

/**
 * Asks once, and again where that failed.
 *
 * @template T
 * @param {() => Promise<T>} take
 */
export function once(take) {
  /** @type {Promise<T> | undefined} */
  let taken;
  return () => {
    taken ??= take().catch((error) => {
      taken = undefined;
      throw error;
    });
    return taken;
  };
}
