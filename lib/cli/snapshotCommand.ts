import type { Command } from "commander";
import { redact } from "../redaction/redact.js";
import { inertJson } from "../report/inertJson.js";
import { unreadCalls } from "../report/unreadCalls.js";
import type { CliIo } from "./CliIo.js";
import { interruptedCode } from "./exitCodeOf.js";
import { checkedFormat } from "./formats.js";
import { withConfig } from "./fromConfig.js";
import { addLiveFlags, type LiveFlags, liveCall } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { say, tellText } from "./tell.js";
import { whileReading } from "./whileReading.js";
import { whyNotRun } from "./whyNotRun.js";
import { withHelp } from "./withHelp.js";

/** `snapshot`: collects the evidence into one JSON document. */
export function snapshotCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const command = addLiveFlags(
    program.command("snapshot").description("collect the evidence into a snapshot, to be explained offline"),
  ).option("--redact", "without account ids, names and tags, as far as the diagnosis stays the same");
  withHelp(command, [
    "backup-vault-access snapshot --vault prod-vault -o prod.snapshot.json",
    "backup-vault-access snapshot --vault prod-vault --redact | backup-vault-access explain --snapshot -",
  ]).action(async (_own: LiveFlags & { redact?: boolean }, command: Command) => {
    const options = await withConfig(
      command,
      command.optsWithGlobals<OutputOptions & LiveFlags & { redact?: boolean }>(),
    );
    checkedFormat(options.format, ["text", "json"]);
    const { request, options: live } = await liveCall(options, io);
    const { liveSnapshot } = await import("../client/liveSnapshot.js");
    const { snapshot, calls, isInterrupted } = await whileReading(io, options, async ({ signal }) => {
      const collected = await liveSnapshot(request, { ...live, abortSignal: signal }, null);
      return { ...collected, isInterrupted: signal.aborted };
    });
    const root = whyNotRun(calls, request.principalArn);
    if (root !== null) throw root;
    const open = unreadCalls(calls.filter(({ status }) => status === "failed" || status === "skipped"));
    if (open.length > 0) say(io, options.quiet, `not read, and may be read by asking again: ${open.join("; ")}`);
    const told = options.redact === true ? redact(snapshot) : { snapshot, kept: [] };
    if (told.kept.length > 0) {
      say(io, false, `kept, because the diagnosis depends on it: ${told.kept.join(", ")}`);
    }
    await tellText(`${inertJson(told.snapshot, 2)}\n`, options, io);
    end(isInterrupted ? interruptedCode : 0);
  });
}
