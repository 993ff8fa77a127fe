import { Argument, type Command } from "commander";
import { bashCompletion } from "./bashCompletion.js";
import type { CliIo } from "./CliIo.js";
import { completionWords } from "./completionWords.js";
import { fishCompletion } from "./fishCompletion.js";
import type { OutputOptions } from "./OutputOptions.js";
import { refuseConfig } from "./refuseConfig.js";
import { tellText } from "./tell.js";
import { withHelp } from "./withHelp.js";

const shells = ["bash", "zsh", "fish"] as const;

/** `completion SHELL`: prints the shell's completion script. */
export function completionCommand(program: Command, io: CliIo, end: (code: number) => void): void {
  withHelp(
    program
      .command("completion")
      .description("print the shell's completion script")
      .addArgument(new Argument("<shell>", "whose").choices(shells)),
    [
      "source <(backup-vault-access completion bash)",
      "backup-vault-access completion fish > ~/.config/fish/completions/backup-vault-access.fish",
    ],
  ).action(async (shell: (typeof shells)[number], _own: object, command: Command) => {
    const options = command.optsWithGlobals<OutputOptions>();
    refuseConfig(options);
    await tellText(scriptFor(shell, program), options, io);
    end(0);
  });
}

function scriptFor(shell: (typeof shells)[number], program: Command): string {
  const { commands, shared } = completionWords(program);
  switch (shell) {
    case "bash":
      return bashCompletion(commands, shared);
    case "zsh":
      return zsh(bashCompletion(commands, shared));
    case "fish":
      return fishCompletion(commands, shared);
  }
}

/** Also where nothing has begun zsh's own completion yet, and where the file stands in its path of functions. */
function zsh(script: string): string {
  return `#compdef backup-vault-access
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u }
autoload -U +X bashcompinit && bashcompinit
${script}`;
}
