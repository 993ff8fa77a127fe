// npm run fuzz [-- COUNT [SEED]]: diagnoses damaged snapshots; 200,000 by default.
import { fuzz } from "../spec/fuzz/damagedSnapshots.js";

const count = Number(process.argv[2] ?? 200_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
console.log(`${count} damaged snapshots, seed ${seed}`);
console.log(`${fuzz(count, seed).accepted} of them were diagnosed; none threw`);
