/** What the command line reads and writes; injected, so that it can be driven without a process. */
export interface CliIo {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  stdin: () => Promise<string>;
  env: Record<string, string | undefined>;
  /** Colours are fit for stdout. */
  isTerminal: boolean;
  /** How wide the terminal is; left out where stdout is none, or does not say. */
  columns?: number;
  /** Progress may be shown on stderr. Default: false. */
  isErrorTerminal?: boolean;
  /** How wide stderr's terminal is; left out where it is none, or does not say. */
  errorColumns?: number;
}
