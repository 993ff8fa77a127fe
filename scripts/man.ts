// Writes man/backup-vault-access.1, the man page, from what --help prints of the program and of each command.
// `npm run man` writes; `npm run man -- --check` fails where the page is out of date.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { run } from "../lib/cli/run.js";

const page = new URL("../man/backup-vault-access.1", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = await helpOf();
const commands = [...program.matchAll(/^ {2}([a-z]+) (?:\[options\]|<| )/gm)].flatMap(([, name]) =>
  name && name !== "help" ? [name] : [],
);
const parts = await Promise.all(commands.map(async (name) => section(name.toUpperCase(), await helpOf(name))));
const text = [
  `.TH BACKUP\\-VAULT\\-ACCESS 1 "" "backup-vault-access ${version}" "User Commands"`,
  ".SH NAME",
  "backup\\-vault\\-access \\- explains why AWS refused to create an AWS Backup vault",
  section("SYNOPSIS AND COMMANDS", program),
  ...parts,
  ".SH SEE ALSO",
  "The documentation that comes with the package: README.md, docs/specification.md.",
  "",
].join("\n");

if (!process.argv.includes("--check")) {
  mkdirSync(new URL(".", page), { recursive: true });
  writeFileSync(page, text);
} else if (readFileSync(page, "utf8") !== text) {
  console.error("man/backup-vault-access.1 is out of date: npm run man");
  process.exit(1);
}

/** What --help prints, 80 columns wide. */
async function helpOf(...words: string[]): Promise<string> {
  let printed = "";
  const stdout = (written: string) => {
    printed += written;
  };
  await run([...words, "--help"], { stdout, stderr: stdout, stdin: async () => "", env: {}, isTerminal: false });
  return printed;
}

/** As it stands, unfilled: what roff would take for a request or an escape is none. */
function section(title: string, help: string): string {
  const lines = help.trimEnd().split("\n");
  const shown = lines.map((line) =>
    line
      .replaceAll("\\", "\\e")
      .replaceAll("-", "\\-")
      .replace(/^(?=[.'])/, "\\&"),
  );
  return [`.SH ${title}`, ".nf", ...shown, ".fi"].join("\n");
}
