import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { isRecord } from "../fieldOf.js";
import { PlanFormatError } from "../PlanFormatError.js";

/** AWS takes templates of at most a megabyte. */
const longest = 2_000_000;

/** What a few lines merge in may stand for any number. */
const mostMerged = 500_000;

/** CloudFormation's short forms, each with the long one; `!Ref` and `!Condition` have no `Fn::`. */
function longForm(tag: string): string {
  return tag === "!Ref" || tag === "!Condition" ? tag.slice(1) : `Fn::${tag.slice(1)}`;
}

/**
 * A template in YAML as the JSON that it stands for: short forms of functions as their long ones, all scalars as text, as
 * they are written (CloudFormation takes "true" and "12" as well), so that neither dates nor account ids are changed.
 *
 * @throws PlanFormatError with line and column
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 * @see https://yaml.org/type/merge.html
 */
export function parseYaml(text: string): unknown {
  const document = yamlDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new PlanFormatError(whyNoYaml(error));
  const known = new Map<Node, unknown>();
  const open = new Set<Node>();
  // The last of each name so far: the library would go through the whole document for every alias.
  const anchors = new Map<string, Node>();
  let left = mostMerged;

  const plain = (node: unknown): unknown => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined || open.has(target))
        throw new PlanFormatError(`the alias *${node.source} leads into itself`);
      return plain(target);
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return "";
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return inForm(node, node.value === null ? "" : node.value);
    if (known.has(node)) return known.get(node);
    open.add(node);
    const value = isSeq(node)
      ? node.items.map(plain)
      : Object.fromEntries(
          withMerged(
            node.items.map(({ key, value: under }): [string, unknown] => {
              // A name may be anchored, too.
              if (isScalar(key)) plain(key);
              return [isScalar(key) ? String(key.value) : "", plain(under)];
            }),
          ),
        );
    open.delete(node);
    const told = inForm(node, value);
    known.set(node, told);
    return told;
  };
  const inForm = ({ tag }: Node, value: unknown): unknown => {
    if (tag === undefined || !/^!\w/.test(tag)) return value;
    const name = longForm(tag);
    if (name === "Fn::GetAtt" && typeof value === "string") {
      const dot = value.indexOf(".");
      return { [name]: dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
    }
    return { [name]: value };
  };

  /**
   * With what `<<` merges in, as the AWS CLI does before it deploys a template: what is written itself, and what comes
   * first, wins.
   */
  const withMerged = (entries: [string, unknown][]): [string, unknown][] => {
    const merged = entries.flatMap(([name, value]) => (name === "<<" ? [value].flat() : []));
    if (merged.length === 0 || !merged.every(isRecord)) return entries;
    const added = merged.reverse().flatMap((one) => {
      const parts = Object.entries(one);
      left -= 1 + parts.length;
      if (left < 0) throw new PlanFormatError(`expected at most ${mostMerged} names that << merges in`);
      return parts;
    });
    return [...added, ...entries.filter(([name]) => name !== "<<")];
  };

  try {
    return plain(document.contents);
  } catch (cause) {
    if (cause instanceof RangeError) throw new PlanFormatError("expected YAML of fewer levels");
    throw cause;
  }
}

/** A thousand levels on one line, which take the reader of YAML very long; brackets within texts hardly add up to that. */
function isTooDeep(text: string): boolean {
  if (/(?:[-?] ){500}/.test(text)) return true;
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === "[" || bracket === "{" ? depth + 1 : Math.max(0, depth - 1);
    if (depth > 1000) return true;
  }
  return false;
}

/** The document with its nodes, by which places are found. @throws PlanFormatError where it is too long or goes too deep */
export function yamlDocument(text: string) {
  if (text.length > longest) {
    throw new PlanFormatError(`expected a template of at most ${longest} characters, found ${text.length}`);
  }
  if (isTooDeep(text)) throw new PlanFormatError("expected YAML of fewer levels");
  try {
    return parseDocument(text, {
      schema: "failsafe",
      // Silent, it would leave out what stands behind a second ---.
      logLevel: "error",
      prettyErrors: true,
      uniqueKeys: false,
    });
  } catch (cause) {
    if (cause instanceof RangeError) throw new PlanFormatError("expected YAML of fewer levels");
    throw cause;
  }
}

function whyNoYaml({ code, message }: { code: string; message: string }): string {
  if (code === "MULTIPLE_DOCS") return "expected one document, found another behind ---";
  // What its reader ran into, it tells as an error of the text.
  if (message.includes("call stack")) return "expected YAML of fewer levels";
  return `expected YAML: ${message.split("\n", 1).join()}`;
}
