// Makes a release of what is here, to be looked at, committed and tagged; .github/workflows/release.yml publishes the tag.
//   npm run release -- 1.2.0           writes the version wherever it stands, and dates the changelog
//   npm run release -- --notes 1.2.0   prints the notes of a version
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { bumpOf, leastBump, parsed } from "./release/leastBump.mjs";
import { notesOf, released } from "./release/notes.mjs";

const at = (path) => new URL(`../${path}`, import.meta.url);
const read = (path) => readFileSync(at(path), "utf8");
const git = (...args) => execFileSync("git", args, { cwd: at("."), encoding: "utf8" }).trim();

const { values, positionals } = parseArgs({ allowPositionals: true, options: { notes: { type: "boolean" } } });
const [version] = positionals;
try {
  if (version === undefined) throw new Error("which version? npm run release -- 1.2.0");
  parsed(version);
  if (values.notes === true) process.stdout.write(notes(version));
  else release(version);
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 3;
}

function notes(version) {
  const own = `docs/releases/${version}.md`;
  return `${existsSync(at(own)) ? `${read(own).trimEnd()}\n\n` : ""}${notesOf(read("CHANGELOG.md"), version)}`;
}

function release(version) {
  const manifest = JSON.parse(read("package.json"));
  const last = git("tag", "--list", "v*", "--sort=-v:refname").split("\n")[0];
  if (last === "") console.log("there is no release yet to compare the public surface with");
  else {
    const least = leastBump(git("diff", "--unified=0", last, "--", "docs/api", "config/schemas"));
    const order = ["patch", "minor", "major"];
    const given = bumpOf(last.slice(1), version);
    if (order.indexOf(given) < order.indexOf(least.bump)) {
      throw new Error(
        `${version} is a ${given} release after ${last}, and the public surface asks for a ${least.bump} one: ${least.why}`,
      );
    }
  }
  const changelog = released(read("CHANGELOG.md"), version, new Date().toISOString().slice(0, 10));
  execFileSync("npm", ["version", version, "--no-git-tag-version", "--allow-same-version"], {
    cwd: at("."),
    stdio: "ignore",
  });
  replace("lib/facts/toolVersion.ts", `"${manifest.version}"`, `"${version}"`);
  replace("action.yml", /default: backup-vault-access@\d+/, `default: backup-vault-access@${parsed(version)[0]}`);
  writeFileSync(at("CHANGELOG.md"), changelog);
  console.log(`now look at the difference, run npm run verify, and:
  git commit -am "Release ${version}" && git tag v${version} && git push origin main v${version}`);
}

function replace(path, what, by) {
  const text = read(path);
  const made = text.replace(what, by);
  if (made === text && !text.includes(by)) throw new Error(`${path}: expected ${what}`);
  writeFileSync(at(path), made);
}
