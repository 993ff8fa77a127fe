// Runs the specs on every Node.js that the package promises beside the one that runs this: `npm run test:nodes [22 24]`.
import { spawnSync } from "node:child_process";

const named = process.argv.slice(2);
const own = process.versions.node.split(".")[0];
const versions = named.length > 0 ? named : ["20", "22", "24"].filter((version) => version !== own);

for (const version of versions) {
  const mocha = "node node_modules/mocha/bin/mocha.js --parallel --jobs 2 --reporter dot 'spec/**/*.spec.ts'";
  console.log(`Node.js ${version}`);
  const { status } = spawnSync("npx", ["--yes", "--package", `node@${version}`, "--call", mocha], {
    stdio: "inherit",
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  if (status !== 0) {
    console.error(`The specs fail on Node.js ${version}.`);
    process.exit(1);
  }
}
