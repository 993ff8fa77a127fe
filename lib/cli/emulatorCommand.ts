import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import type { Emulator, EmulatorEvent, World } from "../emulator/index.js";
import { inertJson } from "../report/inertJson.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import type { OutputOptions } from "./OutputOptions.js";
import { readInput } from "./readInput.js";
import { readSnapshot } from "./readSnapshot.js";
import { refuseConfig } from "./refuseConfig.js";
import { runChild } from "./runChild.js";
import { shellWord } from "./shellWord.js";
import { withHelp } from "./withHelp.js";

interface EmulatorFlags {
  snapshot?: string;
  world?: string;
  port?: string;
  record?: string;
}

/** `emulator`: serves an embedded AWS on loopback, and runs a command against it. */
export function emulatorCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const emulator = program
    .command("emulator")
    .description("serve an embedded AWS on loopback; with -- COMMAND ARGS run that command against it")
    .option("--snapshot <file>", "serve the world of a snapshot")
    .option("--world <file>", "serve a world file")
    .option("--port <number>", "the port; default: a free one")
    .option("--record <file>", "write every request and what the policies said to it, one JSON object a line")
    .argument("[command...]", "after --: what to run; its exit code is this command's");
  withHelp(
    emulator,
    [
      "backup-vault-access emulator -- npm test",
      "backup-vault-access emulator --snapshot prod.snapshot.json -- aws backup list-backup-vaults",
      "backup-vault-access emulator --port 4566 > emulator.env & # then, once it is written: . ./emulator.env",
    ],
    { 0: "stopped; with a command, as the command ended" },
  ).action(async (commandLine: string[], own: EmulatorFlags, command: Command) => {
    const common = command.optsWithGlobals<OutputOptions>();
    refuseConfig(common);
    if (common.format !== "text" || common.output !== undefined) {
      throw new CliError("--format and --output: emulator prints no report; expected neither");
    }
    // Node.js takes no empty name of a program.
    if (commandLine[0] === "") throw new CliError("nothing to run; expected -- COMMAND ARGS");
    const port = portOf(own.port);
    const { startEmulator } = await import("../replay/index.js");
    const world = await worldOf(own, io);
    const emulator = await startEmulator({
      ...(world !== undefined && { world }),
      ...(port !== undefined && { port }),
      ...(own.record !== undefined && { onEvent: recordTo(own.record) }),
    }).catch((error: unknown) => {
      throw new CliError(`the emulator could not start (${error instanceof Error ? error.message : String(error)})`, 4);
    });
    try {
      const variables = environmentOf(emulator);
      const [program, ...args] = commandLine;
      end(program === undefined ? await serve(variables, io) : await runIn(program, args, variables, io));
    } finally {
      await emulator.stop();
    }
  });
}

/** Writes each request once it is answered, or dropped: who asked what, and what the policies said. */
function recordTo(file: string): (event: EmulatorEvent) => void {
  const write = (text: string, flag: "a" | "w") => {
    try {
      writeFileSync(file, text, { flag });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CliError(`--record ${file}: could not be written (${why})`, 4);
    }
  };
  write("", "w");
  return (event) => {
    if (event.type !== "requestAnswered" && event.type !== "requestDropped") return;
    const { index, startedAt, service, operation, callerArn, status, errorCode, decisions } = event.request;
    const line = { index, startedAt, service, operation, callerArn, status, errorCode, decisions };
    write(`${inertJson(line)}\n`, "a");
  };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new CliError(`--port ${text}: expected 0 to 65535`);
  return Number(text);
}

async function worldOf({ snapshot, world }: EmulatorFlags, io: CliIo): Promise<World | undefined> {
  if (snapshot !== undefined && world !== undefined)
    throw new CliError("--snapshot and --world: expected one of the two");
  const { parseWorld, WorldFormatError, worldFromSnapshot } = await import("../replay/index.js");
  if (snapshot !== undefined) return worldFromSnapshot(await readSnapshot(snapshot, io));
  if (world === undefined) return undefined;
  try {
    return parseWorld(await readInput("--world", world, io));
  } catch (error) {
    if (!(error instanceof WorldFormatError)) throw error;
    throw new CliError(`--world ${world}: ${error.path === "" ? "the document" : error.path}: ${error.expected}`);
  }
}

/** The environment in which AWS programs reach the emulator: as the world's caller, and as an auditor for the evidence. */
function environmentOf(emulator: Emulator): Record<string, string> {
  const { url, auditor } = emulator;
  const { region, credentials } = emulator.clientConfig();
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    BACKUP_VAULT_ACCESS_EVIDENCE_ACCESS_KEY_ID: auditor.accessKeyId,
    BACKUP_VAULT_ACCESS_EVIDENCE_SECRET_ACCESS_KEY: auditor.secretAccessKey,
    ...(auditor.sessionToken !== undefined && { BACKUP_VAULT_ACCESS_EVIDENCE_SESSION_TOKEN: auditor.sessionToken }),
  };
}

/** FIPS and dual-stack endpoints are refused beside one of one's own; what expires are credentials that are not taken. */
const ofCallersAws =
  /^(AWS_(DEFAULT_)?PROFILE|AWS_SESSION_TOKEN|AWS_CREDENTIAL_EXPIRATION|AWS_ENDPOINT_URL_.*|AWS_USE_(FIPS|DUALSTACK)_ENDPOINT|AWS_IGNORE_CONFIGURED_ENDPOINT_URLS|BACKUP_VAULT_ACCESS_EVIDENCE_.*)$/;

async function runIn(program: string, args: string[], variables: Record<string, string>, io: CliIo): Promise<number> {
  // What the caller's own environment says of AWS must not reach past the emulator, nor keep from it.
  const env = Object.fromEntries(Object.entries(io.env).filter(([name]) => !ofCallersAws.test(name)));
  const direct = [env.no_proxy ?? env.NO_PROXY, "127.0.0.1"].filter(Boolean).join(",");
  return runChild(program, args, {
    stdio: "inherit",
    env: { ...env, no_proxy: direct, NO_PROXY: direct, ...variables },
  });
}

async function serve(variables: Record<string, string>, io: CliIo): Promise<number> {
  io.stdout(
    Object.entries(variables)
      .map(([name, value]) => `export ${name}=${shellWord(value)}\n`)
      .join(""),
  );
  await new Promise<void>((resolve) => {
    const stop = () => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
  });
  return 0;
}
