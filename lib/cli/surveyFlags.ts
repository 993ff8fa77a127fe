import type { Command } from "commander";
import type { SurveyShard } from "../survey/isOfShard.js";
import { summaryFormats } from "../survey/reportSummary.js";
import { CliError } from "./CliError.js";
import { checkedFormat } from "./formats.js";
import type { OutputOptions } from "./OutputOptions.js";
import { shardOf } from "./shardOf.js";

/** The flags of a survey, which asks about many principals at once. */
export interface SurveyFlags {
  allPrincipals?: boolean;
  accountFile?: string[];
  principalsFrom?: string;
  principal?: string | string[];
  shard?: SurveyShard;
  resume?: string;
  summary?: boolean;
}

export function addSurveyFlags(command: Command): Command {
  return command
    .option(
      "--account-file <files...>",
      "take users and roles from stored answers of aws iam get-account-authorization-details, one file an account, - for stdin",
    )
    .option("--principals-from <file>", "only these principals of the account: ARNs, one a line, - for stdin")
    .option("--shard <part>", "only a part of them, as 1/4; of principals by their ARNs", shardOf)
    .option("--resume <file>", "keep the answers in this file, as ndjson, and go on where it ends")
    .option("--summary", "what is at the root of the refusals, and the fewest changes that free most");
}

/** Whether many principals are asked about by one stream. */
export function isSurvey({ allPrincipals, accountFile, principalsFrom }: SurveyFlags): boolean {
  return allPrincipals === true || accountFile !== undefined || principalsFrom !== undefined;
}

/** What a survey does not do. */
const ofOne = {
  attempt: "--attempt",
  error: "--error",
  plan: "--plan",
  fix: "--fix",
  proveFixes: "--prove-fixes",
  probe: "--probe",
  cloudtrail: "--cloudtrail",
  wait: "--wait",
} as const;

/** @throws CliError where flags do not go together */
export function checkSurveyFlags(
  options: SurveyFlags & OutputOptions & Partial<Record<keyof typeof ofOne, unknown>>,
): void {
  const { resume, summary, output, accountFile = [], principalsFrom, format } = options;
  if (!isSurvey(options)) {
    const lone = resume !== undefined ? "--resume" : summary === true ? "--summary" : null;
    if (lone === null) return;
    throw new CliError(
      `${lone}: expected many principals beside it: --all-principals, --account-file FILE or --principals-from FILE`,
    );
  }
  for (const [name, flag] of Object.entries(ofOne)) {
    const given = options[name as keyof typeof ofOne];
    if (given === undefined || given === false) continue;
    throw new CliError(
      `${flag}: is not for many principals at once; name them by --principal, and leave out what asks about many`,
    );
  }
  if (summary === true) checkedFormat(format, summaryFormats);
  if (resume === "-") throw new CliError("--resume -: expected a file, which is read and written");
  if (resume !== undefined && format === "ndjson" && summary !== true && output !== undefined) {
    throw new CliError(`--output ${output}: with --resume the lines go to ${resume}; leave out one of the two`);
  }
  const fromStdin = [...accountFile, principalsFrom].filter((file) => file === "-");
  if (fromStdin.length > 1) throw new CliError("--account-file and --principals-from: stdin can be read only once");
}
