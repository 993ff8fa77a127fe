import { type Command, InvalidArgumentError } from "commander";
import { region as regionForm } from "../facts/names.js";
import { inertJson } from "../report/inertJson.js";
import { printable } from "../report/printable.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { clientSettings } from "./clientSettings.js";
import { seconds } from "./flagValues.js";
import { checkedFormat } from "./formats.js";
import { withConfig } from "./fromConfig.js";
import { addAskerFlags, liveReader, type ReaderFlags } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { defaultSeconds, sweepSeconds } from "./requestLimits.js";
import { tellText } from "./tell.js";
import { whileReading } from "./whileReading.js";
import { withHelp } from "./withHelp.js";

interface SweepFlags extends Pick<ReaderFlags, "region" | "profile" | "timeout"> {
  prefix?: string;
  olderThan?: number;
}

/** `sweep`: removes vaults that `check --attempt` or a test run left behind. */
export function sweepCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const command = addAskerFlags(
    program
      .command("sweep")
      .description(
        "remove vaults that a test run or check --attempt left behind: those that carry its mark, and no others",
      ),
  )
    .option("--prefix <text>", "what their names begin with; default: vault-access-test-")
    .option("--older-than <minutes>", "younger ones stay, since their test may still run; default: 60", minutes)
    .option(
      "--timeout <seconds>",
      `how long all of it may take, and each call at most ${defaultSeconds}; default: ${sweepSeconds}`,
      seconds,
    );
  withHelp(
    command,
    [
      "backup-vault-access sweep --region eu-west-1",
      "backup-vault-access sweep --region eu-west-1 --profile sandbox --older-than 5",
    ],
    { 0: "nothing is left", 1: "some could not be removed" },
  ).action(async (_own: SweepFlags, sweep: Command) => {
    const options = await withConfig(sweep, sweep.optsWithGlobals<OutputOptions & SweepFlags>());
    const format = checkedFormat(options.format, ["text", "json"]);
    const { timeout = sweepSeconds, quiet, region: given } = options;
    if (given !== undefined && !regionForm.test(given)) {
      throw new CliError(`--region ${given}: expected a Region, as eu-west-1`);
    }
    const each = Math.min(timeout, defaultSeconds);
    const { region, options: live } = await liveReader({ ...options, timeout: each, context: {} }, io);
    const [{ BackupClient }, { sweepBackupVaults }] = await Promise.all([
      import("@aws-sdk/client-backup"),
      import("../testing/vaults/sweepBackupVaults.js"),
    ]);
    const client = new BackupClient(clientSettings(region, live));
    try {
      if (region === undefined && (await client.config.region().catch(() => "")) === "") {
        throw new CliError("--region: is missing; expected a Region here, in AWS_REGION or in the profile");
      }
      const over = AbortSignal.timeout(timeout * 1000);
      const swept = await whileReading(io, { quiet }, ({ signal }) =>
        sweepBackupVaults(client, {
          ...(options.prefix !== undefined && { namePrefix: options.prefix }),
          ...(options.olderThan !== undefined && { olderThan: options.olderThan * 60_000 }),
          abortSignal: AbortSignal.any([signal, over]),
        }),
      ).catch((error: unknown) => {
        throw over.aborted ? new CliError(`--timeout ${timeout}: AWS had not listed the vaults by then`, 4) : error;
      });
      const lines = [
        ...swept.removed.map((arn) => `removed ${arn}`),
        ...swept.left.map(({ arn, reason }) => `left    ${arn} (${reason})`),
      ];
      const text = lines.length === 0 ? "nothing was left behind" : lines.map(printable).join("\n");
      await tellText(format === "json" ? `${inertJson(swept, 2)}\n` : `${text}\n`, options, io);
      end(swept.left.length === 0 ? 0 : 1);
    } finally {
      client.destroy();
    }
  });
}

function minutes(text: string): number {
  // Number() takes a text of blanks for 0, which is how an unset variable arrives.
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= 0) || !Number.isFinite(value)) throw new InvalidArgumentError("Expected a number of minutes.");
  return value;
}
