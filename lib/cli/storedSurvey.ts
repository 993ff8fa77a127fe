import { withoutPast } from "../fix/proof.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { accountFiles } from "./accountFiles.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import type { OutputOptions } from "./OutputOptions.js";
import { readSnapshot } from "./readSnapshot.js";
import { survey } from "./survey.js";
import type { SurveyFlags } from "./surveyFlags.js";
import { wantedPrincipals } from "./wantedPrincipals.js";
import { whileReading } from "./whileReading.js";

/** Condition keys that say who calls: those of a snapshot's own caller hold for nobody else. */
const ofCaller =
  /^aws:(?:Principal(?!Org)|userid|username|TokenIssueTime|MultiFactorAuth|SourceIdentity|FederatedProvider)/i;

/** `explain` of many principals, offline: what they share is a snapshot's, they themselves are a stored dump's. */
export async function storedSurvey(
  options: SurveyFlags & OutputOptions & { snapshot?: string },
  io: CliIo,
): Promise<number> {
  const { accountFile, snapshot: file, quiet } = options;
  if (accountFile === undefined) {
    throw new CliError("--principals-from: expected --account-file FILE beside it, which holds them");
  }
  if (file === undefined) {
    throw new CliError("--account-file: expected --snapshot FILE beside it, which tells vault, key and organization");
  }
  const wanted = await wantedPrincipals(options, io);
  const snapshot = ofEverybody(await readSnapshot(file, io));
  const { accountId } = snapshot.request;
  return whileReading(io, { quiet, total: null }, ({ signal, done }) =>
    survey(
      {
        accounts: (broken) => accountFiles(accountFile, io, broken),
        shared: async (account) => {
          if (account.accountId === accountId) return [{ snapshot, unread: [] }];
          throw new CliError(`of account ${account.accountId}, but --snapshot ${file} is of account ${accountId}`);
        },
        wanted,
        asked: { backupVaultTags: snapshot.request.backupVaultTags, context: snapshot.context },
        isOfMany: false,
        signal,
        done,
      },
      options,
      io,
    ),
  );
}

/** What of a snapshot holds for every principal of its account. */
function ofEverybody(given: Snapshot): Snapshot {
  const { dryRun: _, cloudTrail: __, ...snapshot } = withoutPast(given);
  const context = Object.fromEntries(Object.entries(snapshot.context).filter(([key]) => !ofCaller.test(key)));
  return { ...snapshot, context };
}
