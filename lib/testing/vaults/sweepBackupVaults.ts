import {
  type BackupClient,
  DeleteBackupVaultCommand,
  ListTagsCommand,
  paginateListBackupVaults,
} from "@aws-sdk/client-backup";
import * as v from "valibot";
import { fields, that } from "../../options/fieldRule.js";
import { defaultNamePrefix, isOurRequest, vaultTag } from "./vaultMark.js";

/** Options of {@link sweepBackupVaults}. */
export interface SweepOptions {
  /** What their names begin with. Default: "vault-access-test-". */
  namePrefix?: string | undefined;
  /** Younger ones stay: their test may still run. Milliseconds; default: one hour. */
  olderThan?: number | undefined;
  /** Default: the system's clock. */
  now?: (() => Date) | undefined;
  /** Ends the sweep: what was not looked at by then is told in `left`. */
  abortSignal?: AbortSignal | undefined;
}

const vaultList = v.array(
  v.object({
    BackupVaultName: v.string(),
    BackupVaultArn: v.string(),
    CreatorRequestId: v.optional(v.string()),
    CreationDate: v.optional(v.date()),
  }),
);

const checkSweep = fields({
  namePrefix: that((value) => typeof value === "string" && value !== "", "a text that is not empty"),
  olderThan: that((value) => typeof value === "number" && value >= 0, "milliseconds, 0 or more"),
  now: that((value) => typeof value === "function", "a function that gives a Date"),
  abortSignal: that((value) => value instanceof AbortSignal, "an AbortSignal"),
});

/** What a sweep did. */
export interface Sweep {
  /** ARNs of the vaults that were removed. */
  removed: string[];
  /** Those that could not be, and why. */
  left: { arn: string; reason: string }[];
}

/**
 * Removes vaults that tests, or `check --attempt`, left behind when they crashed: those with the prefix in their name that
 * carry the tag of `withBackupVault` or, made without it, the id of its request, older than an hour. Nothing else is touched.
 *
 * @throws InvalidRequestError where an option is not known or not what it must be (rejects), before any call
 * @throws what listing the vaults throws; an error named MalformedResponse where its answer is no list (rejects)
 * @example
 * const { removed, left } = await sweepBackupVaults(new BackupClient({}));
 */
export async function sweepBackupVaults(client: BackupClient, options: SweepOptions = {}): Promise<Sweep> {
  checkSweep(options, "options");
  const { namePrefix = defaultNamePrefix, olderThan = 3_600_000, now = () => new Date(), abortSignal } = options;
  const until = abortSignal === undefined ? {} : { abortSignal };
  const candidates: { name: string; arn: string; madeAt: Date | null }[] = [];
  // All pages first: removing while listing may make a page skip one.
  for await (const { BackupVaultList = [] } of paginateListBackupVaults({ client, stopOnSameToken: true }, {}, until)) {
    const vaults = v.safeParse(vaultList, BackupVaultList);
    if (!vaults.success) {
      throw Object.assign(new Error("backup:ListBackupVaults answered no list of vaults"), {
        name: "MalformedResponse",
      });
    }
    for (const { BackupVaultName: name, BackupVaultArn: arn, ...made } of vaults.output) {
      const madeAt = isOurRequest(made.CreatorRequestId ?? "") ? (made.CreationDate ?? null) : null;
      if (name.startsWith(namePrefix)) candidates.push({ name, arn, madeAt });
    }
  }
  const sweep: Sweep = { removed: [], left: [] };
  for (const { name, arn, madeAt: known } of candidates) {
    if (abortSignal?.aborted === true) {
      sweep.left.push({ arn, reason: "not looked at: the sweep was ended before" });
      continue;
    }
    try {
      const madeAt = known?.getTime() ?? (await taggedTime(client, arn, until));
      if (Number.isNaN(madeAt) || now().getTime() - madeAt <= olderThan) continue;
      await client.send(new DeleteBackupVaultCommand({ BackupVaultName: name }), until);
      sweep.removed.push(arn);
    } catch (error) {
      sweep.left.push({ arn, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    }
  }
  return sweep;
}

/** When the test that made it says it did; NaN: no test did. */
async function taggedTime(client: BackupClient, arn: string, until: { abortSignal?: AbortSignal }): Promise<number> {
  const { Tags = {} } = await client.send(new ListTagsCommand({ ResourceArn: arn }), until);
  return Date.parse(Tags[vaultTag] ?? "");
}
