import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { assetFiles } from "../plan/assetFiles.js";
import { PlanFormatError } from "../plan/PlanFormatError.js";
import { readPlan } from "../plan/readPlan.js";
import { type NestedTemplate, type NestedTemplates, nestedFiles } from "../plan/template/nestedFiles.js";
import type { Template } from "../plan/template/templateSchema.js";
import { decoded } from "./decoded.js";

/** Nested stacks lie in one another, and never so deep. */
const deepest = 8;
/** Of one template, with those in them. */
const mostFiles = 200;
/** AWS takes a megabyte. */
const largest = 10_000_000;

/** The templates of nested stacks, and the texts of their files. */
export interface ReadNested {
  nested: NestedTemplates;
  texts: Map<string, string>;
}

/**
 * Reads the templates of nested stacks that are files beside their parent's: in the folder of the first one, or in the one
 * that is worked in. A template may be a stranger's: it names no file elsewhere, and nothing but files.
 *
 * @param file of the template; - for one from stdin
 */
export async function nestedTemplates(template: Template, file: string): Promise<ReadNested> {
  const first = file === "-" ? process.cwd() : dirname(resolve(file));
  const homes = await Promise.all([first, process.cwd()].map((folder) => realpath(folder)));
  const assets = await assetsBeside(file);
  const texts = new Map<string, string>();
  let read = 0;

  /** `parents`: the files on the way to it. */
  const readOne = async (path: string, parents: readonly string[]): Promise<NestedTemplate> => {
    read += 1;
    if (parents.length > deepest || read > mostFiles)
      throw new PlanFormatError(`expected at most ${deepest} in one another and ${mostFiles} in all`);
    const real = await realpath(path);
    if (parents.includes(real)) throw new PlanFormatError("it lies in itself, which no deployment can make");
    if (!homes.some((home) => isWithin(home, real))) throw new PlanFormatError("expected a file beside its parent's");
    const { size } = await stat(real).then((one) => (one.isFile() ? one : { size: Number.POSITIVE_INFINITY }));
    if (size > largest) throw new PlanFormatError(`expected a file of at most ${largest} bytes`);
    const text = decoded(await readFile(real));
    const document = readPlan(text);
    if (document.kind !== "template") throw new PlanFormatError("expected a CloudFormation template");
    const shown = isAbsolute(file) ? path : relative(process.cwd(), path);
    texts.set(shown, text);
    const nested = await readAll(document.template, dirname(path), [...parents, real]);
    return { file: shown, template: document.template, nested };
  };

  const readAll = async (parent: Template, folder: string, parents: readonly string[]): Promise<NestedTemplates> => {
    const found = new Map<string, NestedTemplate | { unread: string }>();
    for (const { id, path } of nestedFiles(parent, assets))
      found.set(id, await orWhyNot(path, readOne(join(folder, path), parents)));
    return found;
  };

  return {
    nested: await readAll(template, first, [file === "-" ? file : await realpath(file).catch(() => file)]),
    texts,
  };
}

/** The files that cdk puts into a bucket for a stack, by the names that they get there; none where it tells none. */
async function assetsBeside(template: string): Promise<ReadonlyMap<string, string>> {
  const manifest = template.replace(/\.template\.json$/, ".assets.json");
  const found = manifest === template ? null : await stat(manifest).catch(() => null);
  if (found?.isFile() !== true || found.size > largest) return new Map();
  return assetFiles(decoded(await readFile(manifest)));
}

function isWithin(home: string, file: string): boolean {
  const way = relative(home, file);
  return way !== "" && !isAbsolute(way) && way.split(sep)[0] !== "..";
}

async function orWhyNot(path: string, reading: Promise<NestedTemplate>): Promise<NestedTemplate | { unread: string }> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof PlanFormatError) return { unread: `${path}: ${error.message}` };
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { unread: `${path}: ${code === "ENOENT" ? "there is no such file" : code}` };
  }
}
