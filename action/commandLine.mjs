/**
 * What stands behind the program's name for a mode and its inputs. Each value stands in the word of its option: one that
 * begins with a hyphen is no option.
 *
 * @param mode check, plan or run
 * @param input gives an input by its name, as VAULT, without blanks around it; "" where it was left out
 */
export function commandLine(mode, input) {
  const lines = (name) =>
    input(name)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== "");
  const options = (...names) => names.flatMap((name) => lines(name).map((value) => `--${name.toLowerCase()}=${value}`));
  const ours = lines("ARGUMENTS").find((line) => /^(--format|--output|-o)\b/.test(line));
  if (ours !== undefined) throw new Error(`arguments: ${ours}: the action says so itself; its outputs name the files`);
  switch (mode) {
    case "check":
      return ["check", ...options("VAULT", "KEY", "REGION", "PRINCIPAL"), ...lines("ARGUMENTS")];
    case "plan":
      if (input("PLAN") === "") throw new Error("plan: is missing; expected a Terraform plan (JSON) or a template");
      return ["check", ...options("PLAN", "REGION", "PRINCIPAL"), ...lines("ARGUMENTS")];
    case "run":
      if (input("COMMAND") === "") throw new Error("command: is missing; expected what to run");
      return ["run", "--", "bash", "-eo", "pipefail", "-c", input("COMMAND")];
    default:
      throw new Error(`mode: ${mode}: expected check, plan or run`);
  }
}
