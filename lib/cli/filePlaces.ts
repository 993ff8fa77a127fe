import type { Command } from "commander";
import type { Blocker, Diagnosis } from "../diagnosis/Diagnosis.js";
import { linePlaces, type TextPlace } from "../plan/linePlaces.js";
import type { PlannedVault, PlanPath } from "../plan/PlannedVault.js";
import { placesInFile } from "../plan/placesInFile.js";
import type { FilePlace, PlaceOf } from "../report/FilePlace.js";
import { type PolicyPlace, placesOf } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { CliError } from "./CliError.js";
import type { CliIo } from "./CliIo.js";
import { collectText } from "./flagValues.js";
import { readInput } from "./readInput.js";

export function addPolicyFileFlag(command: Command): Command {
  return command.option(
    "--policy-file <name=path>",
    "for sarif: the file in which the policy of this name or ARN is written (repeatable)",
    collectText,
  );
}

/** The first of several that knows a place. */
export function firstPlace(...all: readonly PlaceOf[]): PlaceOf {
  return (diagnosis, blocker) => {
    for (const placeOf of all) {
      const place = placeOf(diagnosis, blocker);
      if (place !== null) return place;
    }
    return null;
  };
}

/**
 * Places in the files that `--policy-file NAME=PATH` names for policies: the statement, by its number or its Sid, else the
 * file.
 *
 * @throws CliError where it is no NAME=PATH, or the file cannot be read
 */
export async function policyFilePlaces(given: readonly string[], io: CliIo): Promise<PlaceOf> {
  const files = new Map<string, { file: string; find: (statement: NamedStatement) => TextPlace | null }>();
  for (const one of given) {
    const at = one.lastIndexOf("=");
    if (at < 1 || at === one.length - 1) {
      throw new CliError(
        `--policy-file ${one}: expected NAME=PATH: a policy's name or ARN, and the file that it is written in`,
      );
    }
    const file = one.slice(at + 1);
    files.set(one.slice(0, at), { file, find: statementsIn(await readInput("--policy-file", file, io)) });
  }
  return (_, blocker) => {
    const { policy = null, statement = null } = blocker ?? {};
    const found =
      policy === null
        ? undefined
        : (files.get(policy.arn ?? "") ?? files.get(policy.name) ?? files.get(policy.id ?? ""));
    if (found === undefined) return null;
    return { file: found.file, ...(statement === null ? null : found.find(statement)) };
  };
}

type NamedStatement = Pick<NonNullable<Blocker["statement"]>, "sid" | "index">;

/** Finds statements of a policy's file, each once: many answers may be of one. */
function statementsIn(text: string): (statement: NamedStatement) => TextPlace | null {
  const known = new Map<string, TextPlace | null>();
  let finders: { placeAt: (offset: number) => TextPlace; find: ReturnType<typeof placesInFile> } | undefined;
  return ({ sid, index }) => {
    finders ??= { placeAt: linePlaces(text), find: placesInFile(text) };
    const name = JSON.stringify([sid, index]);
    const earlier = known.get(name);
    if (earlier !== undefined) return earlier;
    const at = offsetOfSid(text, sid);
    const place = at === null ? finders.find(["Statement", index]) : finders.placeAt(at);
    known.set(name, place);
    return place;
  };
}

/** Where a Sid stands between quotes or behind a colon, in whatever language the file is written. */
function offsetOfSid(text: string, sid: string | null): number | null {
  if (sid === null || sid === "") return null;
  const at = Math.max(text.indexOf(`"${sid}"`), text.indexOf(`'${sid}'`), text.indexOf(`Sid: ${sid}`));
  return at < 0 ? null : at;
}

/** Places in a plan or a template: the key's policy or key for what the key refuses, else the vault. */
export function planPlaces(vaults: readonly PlannedVault[], texts: ReadonlyMap<string, string>): PlaceOf {
  const finders = new Map<string, ReturnType<typeof placesInFile>>();
  const finderOf = (file: string) => {
    const known = finders.get(file) ?? placesInFile(texts.get(file) ?? "");
    finders.set(file, known);
    return known;
  };
  const named = (file: string, address: string) => JSON.stringify([file, address]);
  const byName = new Map(vaults.map((vault) => [named(vault.plan ?? vault.file, vault.address), vault]));
  return ({ planned }: Diagnosis, blocker): FilePlace | null => {
    const vault = planned === undefined ? undefined : byName.get(named(planned.file, planned.address));
    if (vault === undefined) return null;
    const { file, keyFile = file } = vault;
    const paths = [...keyPaths(vault, blocker).map((path) => ({ file: keyFile, path })), { file, path: vault.path }];
    const places = paths.map((one) => ({ file: one.file, place: finderOf(one.file)(one.path) }));
    const found = places.find(({ place }) => place !== null) ?? { file, place: null };
    return { file: found.file, ...found.place };
  };
}

/** The narrowest first. */
function keyPaths({ keyPath, keyPolicyPath }: PlannedVault, blocker: Blocker | null): PlanPath[] {
  if (blocker?.layer !== "key-policy" && blocker?.layer !== "key-state") return [];
  const ofPolicy =
    blocker.layer === "key-policy" && keyPolicyPath !== null
      ? [
          ...(blocker.statement === null ? [] : [[...keyPolicyPath, "Statement", blocker.statement.index]]),
          keyPolicyPath,
        ]
      : [];
  return [...ofPolicy, ...(keyPath === null ? [] : [keyPath])];
}

/** Places in a snapshot's own file: the policy, and the statement where its document is JSON and not text. */
export function snapshotPlaces(snapshot: Snapshot, file: string, text: string): PlaceOf {
  const find = placesInFile(text);
  const policies = placesOf(snapshot);
  return (_, blocker) => {
    const found = blocker === null ? undefined : policies.find((place) => isOf(place, blocker));
    const path = found === undefined ? layerPath(blocker) : jsonPath(found);
    const statement = blocker?.statement ?? null;
    const paths: PlanPath[] = statement === null ? [path] : [[...path, "document", "Statement", statement.index], path];
    return { file, ...(paths.map(find).find((one) => one !== null) ?? null) };
  };
}

function isOf({ layer, target, policy }: PolicyPlace, blocker: Blocker): boolean {
  return (
    layer === blocker.layer &&
    (blocker.target === null || target === blocker.target) &&
    policy.name === blocker.policy?.name &&
    policy.arn === blocker.policy.arn
  );
}

/** `policies.identity[0]` stands in `policies`, `identity`, `value`, 0. */
function jsonPath({ path }: PolicyPlace): PlanPath {
  const steps = [...path.matchAll(/\w+/g)].map(([step]): string | number => (/^\d+$/.test(step) ? Number(step) : step));
  if (steps[0] === "key") return ["key", "value", "policy", "value"];
  return [...steps.slice(0, 2), "value", ...steps.slice(2)];
}

const layerPaths: Readonly<Record<Blocker["layer"], PlanPath>> = {
  "identity-policy": ["policies", "identity"],
  "permissions-boundary": ["policies", "permissionsBoundary"],
  "session-policy": ["policies", "session"],
  "service-control-policy": ["policies", "serviceControl"],
  "resource-control-policy": ["policies", "resourceControl"],
  "key-policy": ["key"],
  "key-state": ["key"],
  "vpc-endpoint-policy": ["policies", "vpcEndpoint"],
};

function layerPath(blocker: Blocker | null): PlanPath {
  return blocker === null ? ["request"] : layerPaths[blocker.layer];
}
