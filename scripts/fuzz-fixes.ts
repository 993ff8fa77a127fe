// npm run fuzz:fixes [-- COUNT [SEED]]: holds the fixes of random blocked snapshots against what they promise; 5,000 by default.
import { holdFixes } from "../spec/fix/fixesHold.js";

const count = Number(process.argv[2] ?? 5_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
console.log(`${count} blocked snapshots, seed ${seed}`);
const figures = holdFixes(count, seed);
const { user, system } = process.cpuUsage();
console.log({ ...figures, processorSeconds: Math.round((user + system) / 1e6) });
