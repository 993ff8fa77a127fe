// Whose licence an application takes over with this package, and with what it is built by: fails on one that is not listed.
import { readFileSync } from "node:fs";

/** Licences that ask for no more than to be named. MPL-2.0 asks for its own files alone. */
const allowed = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
];

/** Data that development tools carry, never shipped. */
const allowedInDevelopment = ["CC-BY-3.0", "CC-BY-4.0"];

const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const faults = [];
const counts = new Map();
for (const [path, { license, dev = false, link = false }] of Object.entries(packages)) {
  if (path === "" || link) continue;
  const name = path.replace(/^.*node_modules\//, "");
  counts.set(license, (counts.get(license) ?? 0) + 1);
  const fits = [...allowed, ...(dev ? allowedInDevelopment : [])];
  // "(MIT OR GPL-3.0)": one that fits is enough.
  const offered = (license ?? "none").replace(/[()]/g, "").split(" OR ");
  if (!offered.some((one) => fits.includes(one))) faults.push(`${name}: ${license ?? "says no licence"}`);
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
const most = [...counts].sort(([, one], [, other]) => other - one);
console.log(`licences: ${most.map(([license, count]) => `${count} ${license}`).join(", ")}`);
