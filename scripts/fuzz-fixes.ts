// npm run fuzz:fixes [-- COUNT [SEED]]: holds the fixes of random blocked snapshots against what they promise; 5,000 by default.
import { holdFixes } from "../spec/fix/fixesHold.js";

const count = Number(process.argv[2] ?? 5_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
console.log(`${count} blocked snapshots, seed ${seed}`);
console.log(holdFixes(count, seed));
