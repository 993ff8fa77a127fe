/** How a command answers; common to all commands that print a diagnosis. */
export interface OutputOptions {
  format: string;
  output?: string;
  quiet?: boolean;
  config?: string;
  /** commander's spelling of --no-color. */
  color: boolean;
}
