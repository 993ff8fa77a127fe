/** One way to damage an answer: where, and what stands there then. */
export interface Damage {
  path: (string | number)[];
  what: string;
  /** The whole body with the damage done. */
  body: string;
}

/** What stands instead of a member: every type of JSON, nothing, nothing nested, and twice as much of it. */
const damages: readonly { what: string; made: (value: unknown) => unknown }[] = [
  { what: "null", made: () => null },
  { what: "true", made: () => true },
  { what: "a number", made: () => 5 },
  { what: "a text", made: () => "x" },
  { what: "an object", made: () => ({ x: 1 }) },
  { what: "a list", made: () => [5] },
  { what: "a list of null", made: () => [null] },
  { what: "an object of null", made: () => ({ x: null, Arn: null, Id: null }) },
  { what: "left out", made: () => undefined },
  { what: "emptied", made: (value) => emptied(value) },
  { what: "doubled", made: (value) => doubled(value) },
  { what: "ten levels deep", made: () => Array.from({ length: 10 }).reduce<unknown>((inner) => [inner], "x") },
];

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === "object" ? {} : "";
}

function doubled(value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as unknown[]), ...(value as unknown[])];
  return typeof value === "string" ? `${value}${value}` : [value, value];
}

/** Every damage of every member of an answer, as JSON or XML, the whole body included. */
export function damagesOf(body: string): Damage[] {
  const isXml = body.trimStart().startsWith("<");
  const tree: unknown = isXml ? readXml(body) : JSON.parse(body);
  const written = isXml ? writeXml : JSON.stringify;
  return pathsOf(tree).flatMap((path) =>
    damages.map(({ what, made }) => ({ path, what, body: written(replaced(tree, path, made)) ?? "" })),
  );
}

function pathsOf(tree: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof tree !== "object" || tree === null) return [path];
  const members = Array.isArray(tree) ? [...tree.keys()].slice(0, 2) : Object.keys(tree);
  const inner = members.flatMap((member) =>
    pathsOf((tree as Record<string | number, unknown>)[member], [...path, member]),
  );
  return [path, ...inner];
}

function replaced(tree: unknown, path: readonly (string | number)[], made: (value: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return made(tree);
  if (Array.isArray(tree)) {
    return (tree as unknown[]).flatMap((item, index) => {
      if (index !== first) return [item];
      const value = replaced(item, rest, made);
      return value === undefined ? [] : [value];
    });
  }
  return { ...(tree as object), [first]: replaced((tree as Record<string, unknown>)[first], rest, made) };
}

/*
 * As much of XML as AWS's query protocol answers with: elements without attributes that matter. An element that stands
 * several times is a list.
 */

function readXml(text: string): unknown {
  const tokens = text.replace(/<\?.*?\?>/g, "").match(/<[^>]+>|[^<]+/g) ?? [];
  let at = 0;
  const children = (): unknown => {
    const members: Record<string, unknown> = {};
    let content = "";
    while (at < tokens.length) {
      const token = tokens[at] ?? "";
      at += 1;
      if (token.startsWith("</")) break;
      if (!token.startsWith("<")) {
        content += token;
        continue;
      }
      const name = /^<([\w:]+)/.exec(token)?.[1] ?? "";
      const value = token.endsWith("/>") ? "" : children();
      const known = members[name];
      members[name] =
        known === undefined ? value : Array.isArray(known) ? [...(known as unknown[]), value] : [known, value];
    }
    return Object.keys(members).length > 0 ? members : content;
  };
  return children();
}

function writeXml(tree: unknown): string {
  if (tree === null || tree === undefined) return "";
  if (Array.isArray(tree)) return tree.map((item) => `<member>${writeXml(item)}</member>`).join("");
  if (typeof tree !== "object") return typeof tree === "string" ? tree : JSON.stringify(tree);
  return Object.entries(tree)
    .map(([name, value]) => {
      if (value === undefined) return "";
      const all: unknown[] = Array.isArray(value) ? value : [value];
      return all.map((one) => `<${name}>${writeXml(one)}</${name}>`).join("");
    })
    .join("");
}
