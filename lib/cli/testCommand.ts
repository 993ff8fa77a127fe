import { isAbsolute, relative } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { ExpectationResult } from "../testing/expectations/ExpectationResult.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { interruptedCode } from "./exitCodeOf.js";
import { expectationReport } from "./expectationReport.js";
import { checkedFormat } from "./formats.js";
import { type Config, filledIn, findConfig, loadConfig } from "./fromConfig.js";
import { addReaderFlags, liveReader, type ReaderFlags } from "./liveOptions.js";
import type { OutputOptions } from "./OutputOptions.js";
import { type Shard, selectedExpectations } from "./selectedExpectations.js";
import { shardOf } from "./shardOf.js";
import { isColored, tellText } from "./tell.js";
import { whileReading } from "./whileReading.js";
import { whyNotRun } from "./whyNotRun.js";
import { withHelp } from "./withHelp.js";

interface TestFlags extends ReaderFlags {
  only?: string;
  shard?: Shard;
  parallel: number;
}

/** `test`: runs the expectations of the configuration file. Makes nothing. */
export function testCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const command = addReaderFlags(
    program
      .command("test")
      .description("run the expectations of the configuration file: who may create which vaults, and who may not")
      .option("--only <text>", "only those whose name holds this text")
      .option("--shard <part>", "only a part of them, as 1/4", shardOf)
      .option("--parallel <number>", "how many run at a time", atATime, 4),
  );
  withHelp(
    command,
    ["backup-vault-access test", "backup-vault-access test --only deployer --format junit -o vaults.xml"],
    {
      0: "every expectation is met",
      1: "one is not met",
      2: "one cannot be told",
    },
  ).action(async (_own: TestFlags, test: Command) => {
    const given = test.optsWithGlobals<OutputOptions & TestFlags>();
    const format = checkedFormat(given.format);
    const config = await configFor(given);
    const options = filledIn(test, given, config);
    const { expectations } = config.settings;
    if (expectations === undefined) {
      throw new CliError(
        `${config.file}: expectations: expected a list, as [{ "principal": "arn:aws:iam::111122223333:role/Deployer", "vault": "prod-vault", "expect": "allowed" }]`,
      );
    }
    const selected = selectedExpectations(expectations, options);

    const { region, options: live } = await liveReader(options, io);
    const [{ runExpectations }, { newExpectationCheck }] = await Promise.all([
      import("../testing/expectations/runExpectations.js"),
      import("../testing/expectations/newExpectationCheck.js"),
    ]);
    const progress = progressLine(selected.length, options, io);
    const failures: CliError[] = [];
    // It has a line of its own for what is done.
    const { results, isInterrupted } = await whileReading(
      { ...io, isErrorTerminal: false },
      { quiet: options.quiet },
      async ({ signal }) => {
        const check = newExpectationCheck({ ...live, abortSignal: signal });
        const all = await runExpectations(selected, {
          parallel: options.parallel,
          onResult: progress.note,
          check: async (expectation) => {
            const diagnosis = await check({ ...(region !== undefined && { region }), ...expectation });
            const root = whyNotRun(diagnosis.evidence);
            if (root === null) return diagnosis;
            failures.push(root);
            return { ...diagnosis, summary: `${root.message} ${diagnosis.summary}` };
          },
        });
        return { results: all, isInterrupted: signal.aborted };
      },
    ).finally(progress.end);
    // Of many, one that could not be asked about keeps no result of another back.
    const [root] = failures;
    if (root !== undefined && failures.length === selected.length) throw root;
    await tellText(expectationReport(results, format, isColored(options, io), shownPath(config.file)), options, io);
    end(isInterrupted ? interruptedCode : exitCodeOf(results));
  });
}

async function configFor({ config: file }: { config?: string }): Promise<Config> {
  const config = file === undefined ? await findConfig() : await loadConfig(file);
  if (config !== null) return config;
  throw new CliError(
    'no configuration file was found; expected one with "expectations", as .backup-vault-accessrc.json or backup-vault-access.config.js, or --config FILE',
  );
}

/** As people write it who stand in this folder. */
function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") || isAbsolute(path) ? file : path;
}

/** 1 over 2 over 0. */
function exitCodeOf(results: readonly ExpectationResult[]): 0 | 1 | 2 {
  if (results.some(({ status }) => status === "not-met")) return 1;
  return results.some(({ status }) => status === "inconclusive") ? 2 : 0;
}

/** A line on stderr that is written over as results come, where that is a terminal. */
function progressLine(total: number, { quiet }: Pick<OutputOptions, "quiet">, io: CliIo) {
  let done = 0;
  let unmet = 0;
  const isShown = io.isErrorTerminal === true && quiet !== true;
  return {
    note: ({ status }: ExpectationResult) => {
      done += 1;
      if (status !== "met") unmet += 1;
      if (isShown) io.stderr(`\r\u001B[2K${done}/${total} expectations checked, ${unmet} not met`);
    },
    end: () => {
      if (isShown) io.stderr("\r\u001B[2K");
    },
  };
}

function atATime(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64) throw new InvalidArgumentError("Expected 1 to 64.");
  return value;
}
