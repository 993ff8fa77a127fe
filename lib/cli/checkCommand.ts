import type { Command } from "commander";
import type { LiveOptions } from "../client/LiveOptions.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { printable } from "../report/printable.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { exitCodeOf } from "./exitCodeOf.js";
import { checkedFormat } from "./formats.js";
import { withConfig } from "./fromConfig.js";
import { addLiveFlags, type LiveFlags, liveCall } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { tellDiagnosis } from "./tell.js";
import { whyNothingWasRead } from "./whyNothingWasRead.js";

type CheckFlags = LiveFlags & { attempt?: boolean };

/** `check`: may this principal create this vault? Makes nothing, unless `--attempt` asks AWS by doing it. */
export function checkCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  addLiveFlags(
    program.command("check").description("may this principal create this vault? Reads the policies, makes nothing"),
  )
    .option("--attempt", "really create the vault, and remove it again")
    .action(async (_own: CheckFlags, command: Command) => {
      const options = await withConfig(command, command.optsWithGlobals<OutputOptions & CheckFlags>());
      checkedFormat(options.format);
      if (options.attempt === true && options.principal !== undefined) {
        throw new CliError("--attempt: the vault is created as the caller; leave out --principal");
      }
      const { request, options: live } = await liveCall(options, io);
      if (options.attempt === true) {
        end(await attempted(request, live, options, io));
        return;
      }
      const diagnosis = await checked(request, live);
      await tellDiagnosis(diagnosis, options, io);
      end(exitCodeOf(diagnosis));
    });
}

async function checked(request: VaultRequest, live: LiveOptions): Promise<Diagnosis> {
  const { checkBackupVaultAccess } = await import("../client/checkBackupVaultAccess.js");
  const diagnosis = await checkBackupVaultAccess(request, live);
  const nothing = whyNothingWasRead(diagnosis.evidence);
  if (nothing !== null) throw nothing;
  return diagnosis;
}

/** What AWS itself said; a leftover ends with 4, so that nobody misses it. */
async function attempted(request: VaultRequest, live: LiveOptions, options: OutputOptions, io: CliIo): Promise<number> {
  const { attempt } = await import("./attempt.js");
  const result = await attempt(request, live);
  if (!result.created) {
    await tellDiagnosis(result.diagnosis, options, io);
    return exitCodeOf(result.diagnosis);
  }
  const { arn, leftover } = result;
  const say = (text: string) => {
    if (options.quiet !== true) io.stderr(`${printable(text)}\n`);
  };
  say(leftover === null ? `AWS created ${arn}, and it was removed again.` : `AWS created ${arn}.`);
  const diagnosis = await checked(request, live);
  await tellDiagnosis(diagnosis, options, io);
  if (diagnosis.outcome !== "allowed") {
    say(`AWS created it although the evidence, as far as it could be read, makes it ${diagnosis.outcome}.`);
  }
  if (leftover !== null) throw new CliError(leftover.message, 4);
  return 0;
}
