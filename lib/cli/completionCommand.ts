import { Argument, type Command } from "commander";
import type { CliIo } from "./CliIo.js";
import type { OutputOptions } from "./OutputOptions.js";
import { refuseConfig } from "./refuseConfig.js";
import { tellText } from "./tell.js";
import { withHelp } from "./withHelp.js";

const shells = ["bash", "zsh", "fish"] as const;

/** The words that may follow each command: made from the commands themselves, so that none is forgotten. */
interface Words {
  commands: { name: string; description: string; options: { flag: string; description: string }[] }[];
  shared: { flag: string; description: string }[];
}

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
    await tellText(scriptFor(shell, wordsOf(program)), options, io);
    end(0);
  });
}

function wordsOf(program: Command): Words {
  const optionsOf = (command: Command) =>
    command.options.flatMap(({ long, description }) => (long ? [{ flag: long, description }] : []));
  return {
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      options: optionsOf(command),
    })),
    shared: optionsOf(program),
  };
}

function scriptFor(shell: (typeof shells)[number], words: Words): string {
  switch (shell) {
    case "bash":
      return bash(words);
    case "zsh":
      return `#compdef backup-vault-access\nautoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
    case "fish":
      return fish(words);
  }
}

function bash({ commands, shared }: Words): string {
  const flags = (options: Words["shared"]) => [...options, ...shared].map(({ flag }) => flag).join(" ");
  return `# Completion of backup-vault-access for bash.
_backup_vault_access() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" word words=""
  case "$previous" in
    --format) COMPREPLY=($(compgen -W "text json ndjson junit sarif html markdown github" -- "$current")); return ;;
    --snapshot|--error|--output|-o|--config|--world|--account-file|--principals-from|--resume) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
${commands.map(({ name, options }) => `      ${name}) words="${flags(options)}"; break ;;`).join("\n")}
    esac
  done
  [ -z "$words" ] && words="${commands.map(({ name }) => name).join(" ")} ${flags([])}"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _backup_vault_access backup-vault-access
`;
}

function fish({ commands, shared }: Words): string {
  const text = (words: string) => `'${words.replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c backup-vault-access -n __fish_use_subcommand -f -a ${name} -d ${text(description)}`,
    ...options.map(
      ({ flag, description: what }) =>
        `complete -c backup-vault-access -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)} -d ${text(what)}`,
    ),
  ]);
  const common = shared.map(
    ({ flag, description }) => `complete -c backup-vault-access -l ${flag.slice(2)} -d ${text(description)}`,
  );
  return `# Completion of backup-vault-access for fish.\n${[...lines, ...common].join("\n")}\n`;
}
