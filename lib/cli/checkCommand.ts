import type { Command } from "commander";
import type { LiveOptions } from "../client/LiveOptions.js";
import { differences } from "../denial/differences.js";
import type { FoundDenial } from "../denial/FoundDenial.js";
import type { Diagnosis } from "../diagnosis/Diagnosis.js";
import type { VaultRequest } from "../question/VaultRequest.js";
import { printable } from "../report/printable.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { ofAnotherCall } from "./diagnosisOfText.js";
import { exitCodeOf } from "./exitCodeOf.js";
import { checkedFormat } from "./formats.js";
import { named, readErrorFile } from "./foundDenials.js";
import { withConfig } from "./fromConfig.js";
import { addLiveFlags, type LiveFlags, liveCall } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { tellDiagnoses } from "./tell.js";
import { whyNotRun } from "./whyNotRun.js";

type CheckFlags = LiveFlags & { attempt?: boolean; error?: string };

/** `check`: may this principal create this vault? Makes nothing, unless `--attempt` asks AWS by doing it. */
export function checkCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  addLiveFlags(
    program.command("check").description("may this principal create this vault? Reads the policies, makes nothing"),
  )
    .option("--error <file>", "hear also what was printed when the vault was refused, - for stdin")
    .option("--attempt", "really create the vault, and remove it again")
    .action(async (_own: CheckFlags, command: Command) => {
      const options = await withConfig(command, command.optsWithGlobals<OutputOptions & CheckFlags>());
      checkedFormat(options.format);
      if (options.attempt === true && options.principal !== undefined) {
        throw new CliError("--attempt: the vault is created as the caller; leave out --principal");
      }
      if (options.attempt === true && options.error !== undefined) {
        throw new CliError("--attempt and --error: expected one of the two");
      }
      const heard = options.error === undefined ? null : await heardIn(options.error, options, io);
      const { request, options: live } = await liveCall({ ...fromText(heard), ...options }, io);
      if (options.attempt === true) {
        end(await attempted(request, live, options, io));
        return;
      }
      const diagnosis = heard === null ? await checked(request, live) : await explained(heard, request, live);
      await tellDiagnoses([diagnosis], options, io);
      end(exitCodeOf([diagnosis]));
    });
}

/** The refusal in the file; of several, the first: the others are told. */
async function heardIn(file: string, { quiet }: OutputOptions, io: CliIo): Promise<FoundDenial> {
  const { ours, others } = await readErrorFile(file, io);
  const [first, ...more] = ours;
  if (first === undefined) throw new CliError(`--error ${file}: expected a refusal, found none`);
  const unheard = [...more, ...others].map(named);
  if (unheard.length > 0 && quiet !== true) {
    io.stderr(`--error ${file}: also there, and not heard: ${unheard.join("; ")}\n`);
  }
  return first;
}

/** What the text tells of the call stands in for the flags that were not given. */
function fromText(heard: FoundDenial | null): Partial<LiveFlags> {
  return {
    ...(heard?.backupVaultName != null && { vault: heard.backupVaultName }),
    ...(heard?.region != null && { region: heard.region }),
    ...(heard?.encryptionKeyArn != null && { key: heard.encryptionKeyArn }),
  };
}

async function explained(heard: FoundDenial, request: VaultRequest, live: LiveOptions): Promise<Diagnosis> {
  const { region = null, backupVaultName, principalArn = null } = request;
  const other = differences(heard, { region, backupVaultName, principalArn, accountId: null });
  if (other.length > 0) {
    const diagnosis = await checked(request, live);
    return { ...diagnosis, summary: `${ofAnotherCall(other)} ${diagnosis.summary}` };
  }
  const { explainDenial } = await import("../client/explainDenial.js");
  const { name, message, requestId } = heard.denial;
  const error = Object.assign(new Error(message), {
    name,
    ...(requestId !== undefined && { $metadata: { requestId } }),
  });
  return answered(await explainDenial(error, request, live), request);
}

async function checked(request: VaultRequest, live: LiveOptions): Promise<Diagnosis> {
  const { checkBackupVaultAccess } = await import("../client/checkBackupVaultAccess.js");
  return answered(await checkBackupVaultAccess(request, live), request);
}

function answered(diagnosis: Diagnosis, { principalArn }: VaultRequest): Diagnosis {
  const nothing = whyNotRun(diagnosis.evidence, principalArn);
  if (nothing !== null) throw nothing;
  return diagnosis;
}

/** What AWS itself said; a leftover ends with 4, so that nobody misses it. */
async function attempted(request: VaultRequest, live: LiveOptions, options: OutputOptions, io: CliIo): Promise<number> {
  const { attempt } = await import("./attempt.js");
  const result = await attempt(request, live);
  if (!result.created) {
    await tellDiagnoses([result.diagnosis], options, io);
    return exitCodeOf([result.diagnosis]);
  }
  const { arn, leftover } = result;
  const say = (text: string) => {
    if (options.quiet !== true) io.stderr(`${printable(text)}\n`);
  };
  say(leftover === null ? `AWS created ${arn}, and it was removed again.` : `AWS created ${arn}.`);
  const diagnosis = await checked(request, live);
  await tellDiagnoses([diagnosis], options, io);
  if (diagnosis.outcome !== "allowed") {
    say(`AWS created it although the evidence, as far as it could be read, makes it ${diagnosis.outcome}.`);
  }
  if (leftover !== null) throw new CliError(leftover.message, 4);
  return 0;
}
