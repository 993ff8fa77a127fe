import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** What may be in the tarball: compiled code with its types, schemas, and the documentation that the README links to. */
const allowed = [
  /^(package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md|llms\.txt)$/,
  /^dist\/[\w/.-]+\.(js|d\.ts)$/,
  /^config\/schemas\/\w+\.schema\.json$/,
  /^docs\/[\w/.-]+\.md$/,
  /^docs\/pictures\/[\w-]+\.(png|svg)$/,
  /^man\/backup-vault-access\.1$/,
  /^skills\/[\w-]+\/SKILL\.md$/,
];

/**
 * Fails where the tarball holds something that it may not, lacks what its package.json or its README names, or names
 * what is not in it; prints sizes.
 *
 * @param packed what `npm pack --json` tells of it
 * @param folder where it was packed
 */
export function checkContents({ files, size, unpackedSize }, folder) {
  const paths = files.map(({ path }) => path);
  const faults = paths
    .filter((path) => !allowed.some((form) => form.test(path)))
    .map((path) => `${path}: not for users`);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const target of targetsOf({ ...manifest.exports, bin: manifest.bin })) {
    const path = posix.normalize(target);
    const found = path.includes("*") ? paths.some((one) => one.startsWith(path.split("*")[0])) : paths.includes(path);
    if (!found) faults.push(`${target}: named by package.json, not packed`);
  }
  for (const path of paths.filter((one) => one.endsWith(".md"))) faults.push(...deadLinks(path, paths, folder));
  for (const path of paths.filter((one) => /\.(js|d\.ts)$/.test(one))) {
    if (readFileSync(join(folder, path), "utf8").includes("sourceMappingURL"))
      faults.push(`${path}: its map is not packed`);
  }
  for (const hook of ["preinstall", "install", "postinstall"]) {
    if (hook in manifest.scripts) faults.push(`package.json: runs a ${hook} script on users' machines`);
  }
  if (faults.length > 0) throw new Error(`the tarball:\n${faults.join("\n")}`);
  console.log(`${paths.length} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked`);
}

function targetsOf(entries) {
  return Object.values(entries).flatMap((entry) => (typeof entry === "string" ? [entry] : targetsOf(entry)));
}

/** Links from the README to what is in the repository, and is not in the tarball. */
function deadLinks(file, paths, folder) {
  if (file !== "README.md") return [];
  const text = readFileSync(join(folder, file), "utf8");
  return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].flatMap(([, link]) => {
    const target = posix.join(posix.dirname(file), link);
    const packed = paths.some((path) => path === target || path.startsWith(`${target.replace(/\/$/, "")}/`));
    if (packed) return [];
    return [
      `${file}: links to ${link}, ${existsSync(join(folder, target)) ? "which is not packed" : "which is not there"}`,
    ];
  });
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}
