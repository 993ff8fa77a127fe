import { readFileSync } from "node:fs";
import { extract } from "../api/extract.mjs";

/** A page of Markdown for each entrance of the package: everything that it exports, with its docstring. */
export async function apiPages() {
  const pages = [];
  await extract(({ subpath, name, model }) => {
    const [entrance] = JSON.parse(readFileSync(model, "utf8")).members;
    const address = subpath === "." ? "backup-vault-access" : `backup-vault-access/${name}`;
    const items = [...entrance.members].sort((one, other) => rank(one) - rank(other) || order(one.name, other.name));
    const names = new Set(items.map((item) => item.name));
    pages.push({
      target: `api/${name}.html`,
      group: "API",
      menu: address,
      text: [
        `# ${address}`,
        `\`import { ... } from "${address}"\``,
        ...items.flatMap((item) => sectionOf(item, names)),
      ].join("\n\n"),
    });
  });
  return pages;
}

const kinds = ["Function", "Class", "Interface", "TypeAlias", "Variable"];

function rank({ kind }) {
  return kinds.indexOf(kind);
}

function order(one, other) {
  return one < other ? -1 : 1;
}

function sectionOf(item, names) {
  const { members = [] } = item;
  const shape =
    members.length === 0
      ? excerpt(item)
      : `${excerpt(item)} {\n${members.map((member) => `${commentOf(member)}  ${excerpt(member)}`).join("\n")}\n}`;
  const [said = "", ...rest] = docOf(item, names);
  return [`## ${item.name}`, said, `\`\`\`ts\n${shape}\n\`\`\``, ...rest].filter((part) => part !== "");
}

function excerpt({ excerptTokens }) {
  return excerptTokens
    .map(({ text }) => text)
    .join("")
    .replace(/^export (declare )?/, "")
    .trim();
}

/** A docstring as the model has it, without what makes it a comment. */
function linesOf({ docComment = "" }) {
  return docComment
    .replace(/^\/\*\*|\*\/\s*$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
}

/** What stands beside a member: a comment in the shape. */
function commentOf(member) {
  const text = linesOf(member).join(" ").replace(/\s+/g, " ").trim();
  return text === "" ? "" : `  /** ${text} */\n`;
}

/** A docstring as Markdown: what it says, then parameters, errors, sources and the example. */
function docOf(item, names) {
  const [said = "", ...tags] = linesOf(item)
    .join("\n")
    .split(/^@(?=\w)/m);
  const linkTo = (text) =>
    text.replace(/\{@link (\w+)\}/g, (_, name) => (names.has(name) ? `[${name}](#${name.toLowerCase()})` : name));
  const parts = tags.map((tag) => {
    const [, name = "", text = ""] = /^(\w+)\s*(.*)$/s.exec(tag) ?? [];
    return { name, text: text.trim() };
  });
  const of = (name) => parts.filter((part) => part.name === name && part.text !== "").map(({ text }) => text);
  return [
    linkTo(said.trim()),
    ...of("param").map((text) => `- ${text.replace(/^(\w+)(?:\s+-)?/, "`$1`:").replace(/\s+/g, " ")}`),
    ...of("returns").map((text) => `Gives ${text}`),
    ...of("throws").map((text) => `Throws ${text}`),
    ...of("see").map((text) => `Source: ${text}`),
    ...of("example").map((text) => (text.startsWith("```") ? text : `\`\`\`ts\n${text}\n\`\`\``)),
  ].filter((text) => text !== "");
}
