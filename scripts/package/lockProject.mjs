import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ours = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8"));
const file = new URL("projects.lock.json", import.meta.url);

/**
 * Writes the `package.json` of a user's project, and a lock by which npm installs into it the versions that this
 * repository was locked with, and what `projects.lock.json` names of the rest. What is the newest of the day decides over
 * no test: where a registry's pages for two packages are of different days, that alone would fail the installation.
 *
 * @param folder where the project is
 * @param project its name in `projects.lock.json`
 * @param manifest its `package.json`
 */
export function lockProject(folder, project, manifest) {
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const { "": _ourselves, ...packages } = ours.packages;
  const own = kept()[project] ?? {};
  const lock = { lockfileVersion: ours.lockfileVersion, packages: { "": manifest, ...packages, ...own } };
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock));
}

/**
 * What was installed though no lock names it, as paths below the folder; `write` keeps it in `projects.lock.json`, so that
 * the next lock does.
 */
export function unlocked(folder, project, write = false) {
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const all = kept();
  const rest = Object.entries(packages).filter(
    ([path, { version, link, resolved }]) =>
      path.includes("node_modules/") &&
      link !== true &&
      !resolved?.startsWith("file:") &&
      version !== ours.packages[path]?.version,
  );
  if (write) writeFileSync(file, `${JSON.stringify({ ...all, [project]: Object.fromEntries(rest) }, undefined, 2)}\n`);
  return rest.filter(([path, { version }]) => version !== all[project]?.[path]?.version).map(([path]) => path);
}

function kept() {
  return JSON.parse(readFileSync(file, "utf8"));
}
