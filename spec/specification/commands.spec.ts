import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { cli } from "../cli/cli.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What people and assistants copy commands from; decisions and captured transcripts tell of other times. */
const pages = [
  "README.md",
  "llms.txt",
  ...readdirSync(`${root}skills`).map((name) => `skills/${name}/SKILL.md`),
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith(".md") && !/^(specification|conformance|transcript)\.md$/.test(name))
    .map((name) => `docs/${name}`),
];

/** Each call of the command line in a page: its command, and the options that stand behind it. */
function* callsIn(text: string): Generator<{ command: string; options: string[] }> {
  const code = [...text.matchAll(/^```(?:sh|bash|yaml|json)\n(.*?)^```|`([^`\n]+)`/gms)].map(
    ([, block, inline]) => block?.replaceAll("\\\n", " ") ?? inline ?? "",
  );
  for (const line of code.flatMap((one) => one.split("\n"))) {
    for (const [, words = ""] of line.matchAll(/(?<![\w@/.-])backup-vault-access((?: [^\s|;&>#)]+)+)/g)) {
      const own = words.split(/ -- /, 1).join().replace(/ --$/, "");
      const options = [...own.matchAll(/ (--[a-z][a-z-]*)/g)].map(([, option = ""]) => option);
      const command = own
        .trim()
        .split(/\s+/)
        .find((word, at, all) => /^[a-z]+$/.test(word) && !isValue(all[at - 1]));
      if (command !== undefined) yield { command, options };
    }
  }
}

const isValue = (before = "") => /^(--(format|output|config)|-o)$/.test(before);

describe("Commands that the pages tell to type", () => {
  const helps = new Map<string, Promise<string>>();
  const helpOf = (command: string) => {
    const known = helps.get(command) ?? cli([command, "--help"]).then(({ stdout }) => stdout);
    helps.set(command, known);
    return known;
  };

  for (const page of pages) {
    it(`of ${page} are commands with options that there are`, async () => {
      const missing: string[] = [];
      for (const { command, options } of callsIn(readFileSync(`${root}${page}`, "utf8"))) {
        const help = await helpOf(command);
        if (!help.startsWith(`Usage: backup-vault-access ${command}`)) missing.push(command);
        else
          missing.push(
            ...options.filter((one) => !new RegExp(`${one}(?![a-z-])`).test(help)).map((one) => `${command} ${one}`),
          );
      }

      expect(missing).to.eql([]);
    });
  }

  it("are found", () => {
    const found = [
      ...callsIn(
        "`npx backup-vault-access check --vault x`\n```sh\nbackup-vault-access --format json run -- npm --x\n```\n",
      ),
    ];

    expect(found).to.eql([
      { command: "check", options: ["--vault"] },
      { command: "run", options: ["--format"] },
    ]);
  });
});
