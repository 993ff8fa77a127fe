import { execFile } from "node:child_process";
import { run } from "../../lib/cli/run.js";
import { built } from "../built.js";

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command line in this process, with what it printed. */
export async function cli(
  args: string[],
  given: { stdin?: string; env?: Record<string, string> } = {},
): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const code = await run(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    stdin: async () => given.stdin ?? "",
    env: given.env ?? {},
    isTerminal: false,
  });
  return { code, stdout, stderr };
}

let last: Promise<unknown> = Promise.resolve();

/**
 * The command line in this process, where the AWS SDK finds these variables; an empty one is not there. One waits for
 * the other: two at once would leave the environment of one of them to the specs that follow.
 */
export function cliAt(args: string[], env: Record<string, string>): Promise<Outcome> {
  const next = last.then(() => cliIn(args, env));
  last = next.catch(() => undefined);
  return next;
}

async function cliIn(args: string[], env: Record<string, string>): Promise<Outcome> {
  const before = process.env;
  const variables = withoutEmpty({ ...before, ...env });
  process.env = variables;
  try {
    return await cli(args, { env: variables });
  } finally {
    process.env = before;
  }
}

const root = new URL("../../", import.meta.url);

/** How the command line is started. */
export const command = [built("lib/cli/main.ts")];

/** The command line as a process of its own; an empty variable is one that is not there. */
export function cliProcess(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: withoutEmpty({ ...process.env, NODE_NO_WARNINGS: "1", ...env }) };
    execFile(process.execPath, [...command, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : -1, stdout, stderr });
    });
  });
}

/** What a process is given of these: an empty variable is one that is not there. */
export function withoutEmpty(variables: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
