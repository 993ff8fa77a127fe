import type { CompletedCommand, CompletedOption } from "./completionWords.js";

/**
 * The script for bash 3.2 and later, and for zsh's bashcompinit. What stands behind an option is no command, and all behind
 * `--` of what runs another is the other's own.
 */
export function bashCompletion(commands: readonly CompletedCommand[], shared: readonly CompletedOption[]): string {
  const flags = (options: readonly CompletedOption[]) => [...options, ...shared].map(({ flag }) => flag).join(" ");
  const all = [...commands.flatMap(({ options }) => options), ...shared];
  const ofKind = (is: (option: CompletedOption) => boolean) => [
    ...new Set(all.filter(is).flatMap(({ flag, short }) => (short === null ? [flag] : [flag, short]))),
  ];
  const files = ofKind(({ value }) => value === "file").join("|");
  const values = ofKind(({ value }) => value !== null).join("|");
  const choices = commands.flatMap(({ name, options }) =>
    [...options, ...shared].flatMap(({ flag, value }) =>
      Array.isArray(value) ? [`    ${name}:${flag}) words="${value.join(" ")}" ;;`] : [],
    ),
  );
  const runs = commands.flatMap(({ name, argument }) => (argument === "command" ? [name] : [])).join("|");
  const words = commands.map(({ name, options, argument }) => {
    const own = Array.isArray(argument) ? `${argument.join(" ")} ` : "";
    return `    ${name}:*) words="${own}${flags(options)}" ;;`;
  });
  return `# Completion of backup-vault-access for bash.
_backup_vault_access() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word words="" at
  # bash takes --format=json for three words.
  if [ "$current" = "=" ]; then current=""; elif [ "$previous" = "=" ]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((at = 1; at < COMP_CWORD; at += 1)); do
    word="\${COMP_WORDS[at]}"
    case "$word" in
      ${values})
        at=$((at + 1))
        [ "\${COMP_WORDS[at]}" = "=" ] && at=$((at + 1))
        continue ;;
      -*) [ "$word" = -- ] || continue ;;
    esac
    case "$command" in
      ${runs})
        local IFS=$'\\n'
        COMPREPLY=($(compgen -c -f -- "$current"))
        return ;;
      "") command="$word" ;;
    esac
  done
  case "$previous" in
    ${files})
      local IFS=$'\\n'
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$current"))
      return ;;
  esac
  case "$command:$previous" in
${choices.join("\n")}
    *:--format) words="${choicesOf(shared, "--format")}" ;;
    *)
      case "$previous" in ${values}) COMPREPLY=(); return ;; esac ;;
  esac
  case "$command:$current" in
    ${runs
      .split("|")
      .map((name) => `${name}:-*`)
      .join("|")}) ;;
    ${runs
      .split("|")
      .map((name) => `${name}:*`)
      .join("|")})
      COMPREPLY=($(compgen -c -- "$current"))
      return ;;
  esac
  [ -z "$words" ] && case "$command:" in
${words.join("\n")}
    *) words="${commands.map(({ name }) => name).join(" ")} ${flags([])}" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _backup_vault_access backup-vault-access
`;
}

function choicesOf(options: readonly CompletedOption[], wanted: string): string {
  const value = options.find(({ flag }) => flag === wanted)?.value;
  return Array.isArray(value) ? value.join(" ") : "";
}
