import type { CliIo } from "../CliIo.js";
import type { ReaderFlags } from "../liveOptions.js";
import type { SnapshotFolder } from "./snapshotFolder.js";

/** What a tool works with, besides its arguments: what whoever started the server has set, and no assistant can. */
export interface ToolSetting {
  io: CliIo;
  flags: ReaderFlags;
  snapshots: SnapshotFolder;
  /** Aborts where the answer is not wanted any more. */
  signal: AbortSignal;
}

/** One argument, a text. */
export interface ToolArgument {
  description: string;
  isRequired?: boolean;
}

/** What was given for a tool's arguments; only what it names, and all that it requires. */
export type GivenArguments = Readonly<Record<string, string>>;

/** What a tool answers: a text for the model, and the same in parts for a program. */
export interface ToolAnswer {
  text: string;
  parts?: Record<string, unknown>;
}

/** A tool that an assistant may call. None changes anything. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  arguments: Readonly<Record<string, ToolArgument>>;
  /** Talks to AWS. */
  isLive: boolean;
  /** @throws CliError or InvalidRequestError where an argument is not as it must be, or nothing could be read */
  answer: (given: GivenArguments, setting: ToolSetting) => Promise<ToolAnswer>;
}
