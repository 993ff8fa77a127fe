/* Run by dropIn.spec.ts in a process of its own: imports a module and prints everything that was loaded for it. */
import { register } from "node:module";

const { MODULE_LOG: log = "", MODULE: target = "" } = process.env;
register("./moduleLog.js", import.meta.url, { data: { log } });
await import(target);
