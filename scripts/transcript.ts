// npm run transcript: writes docs/transcript.md, what `npm start` prints.
import { writeFileSync } from "node:fs";
import { transcript } from "./demonstration/transcript.js";

writeFileSync(new URL("../docs/transcript.md", import.meta.url), await transcript());
