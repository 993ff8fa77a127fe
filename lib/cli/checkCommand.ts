import type { Command } from "commander";
import type { CliIo } from "./CliIo.js";
import { exitCodeOf } from "./exitCodeOf.js";
import { checkedFormat } from "./formats.js";
import { withConfig } from "./fromConfig.js";
import { addLiveFlags, type LiveFlags, liveCall } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { tellDiagnosis } from "./tell.js";
import { whyNothingWasRead } from "./whyNothingWasRead.js";

/** `check`: may this principal create this vault? Makes nothing. */
export function checkCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  addLiveFlags(
    program.command("check").description("may this principal create this vault? Reads the policies, makes nothing"),
  ).action(async (_own: LiveFlags, command: Command) => {
    const options = await withConfig(command, command.optsWithGlobals<OutputOptions & LiveFlags>());
    checkedFormat(options.format);
    const { request, options: live } = await liveCall(options, io);
    const { checkBackupVaultAccess } = await import("../client/checkBackupVaultAccess.js");
    const diagnosis = await checkBackupVaultAccess(request, live);
    const nothing = whyNothingWasRead(diagnosis.evidence);
    if (nothing !== null) throw nothing;
    await tellDiagnosis(diagnosis, options, io);
    end(exitCodeOf(diagnosis));
  });
}
