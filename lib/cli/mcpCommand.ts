import { once } from "node:events";
import type { Command } from "commander";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { addReaderFlags, type ReaderFlags } from "./liveOptions.js";
import { snapshotFolder } from "./mcp/snapshotFolder.js";
import type { OutputOptions } from "./OutputOptions.js";
import { refuseConfig } from "./refuseConfig.js";
import { withHelp } from "./withHelp.js";

type McpFlags = ReaderFlags & { snapshots?: string };

/** `mcp`: serves assistants by the Model Context Protocol over stdin and stdout, read-only. */
export function mcpCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  const command = addReaderFlags(
    program
      .command("mcp")
      .description(
        "serve an assistant over stdio by the Model Context Protocol: explain_denial, check_access, least_policy; read-only",
      ),
  ).option("--snapshots <folder>", "offer the files *.snapshot.json of this folder");
  withHelp(
    command,
    [
      "npm install --save-dev backup-vault-access @modelcontextprotocol/sdk",
      "backup-vault-access mcp --region eu-west-1 --evidence-profile auditor",
      "backup-vault-access mcp --snapshots refusals",
    ],
    { 0: "stdin has ended" },
  ).action(async (_own: McpFlags, mcp: Command) => {
    const { format, output, ...flags } = mcp.optsWithGlobals<OutputOptions & McpFlags>();
    refuseConfig(flags);
    if (format !== "text" || output !== undefined) {
      throw new CliError("--format and --output: stdout speaks the protocol; expected neither");
    }
    const snapshots = snapshotFolder(flags.snapshots ?? null);
    await snapshots.names().catch((error: unknown) => {
      throw new CliError(
        `--snapshots ${flags.snapshots}: could not be read (${error instanceof Error ? error.message : String(error)})`,
      );
    });
    const { StdioServerTransport, newMcpServer } = await theSdk();
    const server = newMcpServer({ io, flags, snapshots }, program.version() ?? "");
    const ended = Promise.race([once(process.stdin, "end"), once(process.stdin, "close")]);
    await server.connect(new StdioServerTransport());
    await ended;
    await server.close();
    end(0);
  });
}

/** The official SDK is installed by those who serve assistants, and by nobody else. */
async function theSdk() {
  try {
    const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js");
    const { newMcpServer } = await import("./mcp/newMcpServer.js");
    return { StdioServerTransport, newMcpServer };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CliError("mcp needs the official SDK: npm install @modelcontextprotocol/sdk", 4);
  }
}
