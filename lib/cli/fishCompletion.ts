import type { CompletedCommand, CompletedOption } from "./completionWords.js";

/** The script for fish. */
export function fishCompletion(commands: readonly CompletedCommand[], shared: readonly CompletedOption[]): string {
  const line = (...parts: string[]) =>
    ["complete -c backup-vault-access", ...parts.filter((part) => part !== "")].join(" ");
  const optionOf = ({ flag, short, description, value }: CompletedOption) => [
    short === null ? "" : `-s ${short.slice(1)}`,
    `-l ${flag.slice(2)}`,
    value === null ? "" : value === "file" ? "-r -F" : value === "any" ? "-x" : `-x -a ${quoted(value.join(" "))}`,
    `-d ${quoted(description)}`,
  ];
  const lines = commands.flatMap(({ name, description, options, argument }) => {
    const where = `-n '__fish_seen_subcommand_from ${name}'`;
    const own = argument === "command" ? "(__fish_complete_subcommand --fcs-skip=2)" : (argument ?? []).join(" ");
    return [
      line("-n __fish_use_subcommand", `-a ${name}`, `-d ${quoted(description)}`),
      ...(own === "" ? [] : [line(where, `-a ${quoted(own)}`)]),
      ...options.map((option) => line(where, ...optionOf(option))),
    ];
  });
  const common = shared.map((option) => line(...optionOf(option)));
  return `# Completion of backup-vault-access for fish.\n${[line("-f"), ...lines, ...common].join("\n")}\n`;
}

function quoted(words: string): string {
  return `'${words.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
