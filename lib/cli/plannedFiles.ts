import { stat } from "node:fs/promises";
import { join } from "node:path";
import { parsePrincipalArn, partitionOf } from "../facts/arn.js";
import { accountId as accountForm } from "../facts/names.js";
import { PlanFormatError } from "../plan/PlanFormatError.js";
import type { ReadPlan } from "../plan/PlannedVault.js";
import type { PlanPlace } from "../plan/PlanPlace.js";
import { type AssemblyStack, readAssembly } from "../plan/readAssembly.js";
import { type PlanDocument, readPlan } from "../plan/readPlan.js";
import { type StackFamily, stackFamily } from "../plan/template/templateStack.js";
import { openPlan } from "../plan/vaultsOfPlan.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { nestedTemplates, type ReadNested } from "./nestedTemplates.js";
import { readInput } from "./readInput.js";

/** A plan or template that was read, and how it would be applied. */
export interface PlannedFile {
  file: string;
  document: PlanDocument;
  text: string;
  /** Of a cloud assembly. */
  stack: AssemblyStack | null;
  /** The templates of its nested stacks, and the texts of their files. */
  within: ReadNested;
}

/** Stages of an assembly lie in one another, and never so deep. */
const deepest = 8;

/** Reads a plan, a template, or the folder that `cdk synth` wrote. @throws CliError naming the file and what to do */
export async function plannedFiles(path: string, io: CliIo): Promise<PlannedFile[]> {
  const isFolder = path !== "-" && (await stat(path).catch(() => null))?.isDirectory() === true;
  if (!isFolder) return [{ file: path, ...(await documentIn(path, io)), stack: null }];
  const files = await filesOfAssembly(path, io, 0);
  if (files.length === 0)
    throw new CliError(`--plan ${path}: expected a folder with stacks, found none in its manifest.json`);
  return files;
}

async function filesOfAssembly(folder: string, io: CliIo, depth: number): Promise<PlannedFile[]> {
  const manifest = join(folder, "manifest.json");
  if ((await stat(manifest).catch(() => null))?.isFile() !== true) {
    throw new CliError(
      `--plan ${folder}: expected a file, or a folder with a manifest.json, as cdk synth writes into cdk.out`,
    );
  }
  const text = await readInput("--plan", manifest, io);
  const { stacks, folders } = told(folder, () => readAssembly(text));
  if (folders.length > 0 && depth >= deepest)
    throw new CliError(`--plan ${folder}: expected at most ${deepest} stages in one another`);
  const inner = await Promise.all(folders.map((name) => filesOfAssembly(join(folder, name), io, depth + 1)));
  const own = await Promise.all(
    stacks.map(async (stack) => {
      const file = join(folder, stack.templateFile);
      // One that is no regular file may never end, and one of a stranger's folder may be so.
      if ((await stat(file).catch(() => null))?.isFile() === false)
        throw new CliError(`--plan ${file}: expected a regular file`);
      return { file, ...(await documentIn(file, io)), stack };
    }),
  );
  return [...own, ...inner.flat()];
}

async function documentIn(file: string, io: CliIo): Promise<Pick<PlannedFile, "document" | "text" | "within">> {
  const text = await readInput("--plan", file, io);
  const document = told(file, () => readPlan(text));
  const within =
    document.kind === "template"
      ? await nestedTemplates(document.template, file)
      : { nested: new Map(), texts: new Map() };
  return { document, text, within };
}

function told<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PlanFormatError) throw new CliError(`--plan ${file}: ${error.message}`);
    throw error;
  }
}

/** The vaults that the files would create, and what in them is not judged. */
export function vaultsIn(
  files: readonly PlannedFile[],
  place: PlanPlace,
  parameters: Readonly<Record<string, string>>,
): ReadPlan & { isElsewhere: boolean } {
  let isElsewhere = false;
  const families = new Map<string, StackFamily>();
  const opened = files.map(({ file, document, stack, within: { nested } }): (() => ReadPlan) => {
    if (stack === null) return openPlan(document, { file, place, parameters, nested });
    const at = placeOfStack(stack, place);
    const family = families.get(JSON.stringify(at)) ?? stackFamily(at);
    families.set(JSON.stringify(at), family);
    const open = openPlan(document, {
      file,
      place: at,
      family,
      parameters: { ...stack.parameters, ...parameters },
      prefix: files.length > 1 ? `${stack.name}/` : "",
      tags: stack.tags,
      stackName: stack.stackName,
      nested,
      role: stack.role === null ? null : filledIn(stack.role, at),
    });
    return () => inAccount(stack, at, open());
  });
  const inAccount = (stack: AssemblyStack, at: PlanPlace, told: ReadPlan): ReadPlan => {
    // Nobody makes a stack in another account but as somebody of that account, whom the assembly does not name.
    if (stack.role !== null || at.accountId === place.accountId || told.vaults.length === 0) return told;
    isElsewhere = true;
    const why = `${stack.name} is deployed in account ${at.accountId}, not in ${place.accountId}, and names no role; expected --principal ARN of that account.`;
    return { ...told, vaults: [], passedOver: [...told.passedOver, why] };
  };
  const read = opened.map((tell) => tell());
  return {
    vaults: read.flatMap(({ vaults }) => vaults),
    passedOver: read.flatMap((one) => one.passedOver),
    notLookedInto: read.flatMap((one) => one.notLookedInto),
    changes: read.flatMap(({ changes }) => changes),
    isElsewhere,
  };
}

/** The account that the files themselves name, where all name one and the roles that deploy them. */
export function accountIn(files: readonly PlannedFile[]): string | null {
  if (files.some(({ stack }) => stack !== null && stack.role === null)) return null;
  const named = new Set(
    files.map(
      ({ stack }) =>
        stack?.accountId ??
        parsePrincipalArn(stack?.role?.replaceAll("${AWS::Partition}", "aws") ?? "")?.accountId ??
        null,
    ),
  );
  const [only = null] = named;
  return named.size === 1 && only !== null && accountForm.test(only) ? only : null;
}

function placeOfStack({ accountId, region }: AssemblyStack, place: PlanPlace): PlanPlace {
  return region === null
    ? { ...place, accountId: accountId ?? place.accountId }
    : { partition: partitionOf(region), accountId: accountId ?? place.accountId, region };
}

/** cdk writes the role with what only the deployment's place tells. */
function filledIn(role: string, { partition, accountId, region }: PlanPlace): string {
  return role
    .replaceAll("${AWS::Partition}", partition)
    .replaceAll("${AWS::AccountId}", accountId ?? "${AWS::AccountId}")
    .replaceAll("${AWS::Region}", region ?? "${AWS::Region}");
}
