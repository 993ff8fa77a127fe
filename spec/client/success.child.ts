/*
 * Run by success.journey.ts in a process of its own: creates a vault by one door and prints which modules were loaded and
 * which timers were set by this package between the door's opening and the answer.
 */
import { register } from "node:module";

const { MODULE_LOG: log = "", DOOR: door = "", ENDPOINT: endpoint = "", CREDENTIALS: credentials = "" } = process.env;
register("./moduleLog.js", import.meta.url, { data: { log } });

const { appendFileSync, readFileSync } = await import("node:fs");
const { doors } = await import("./doors.js");
const timers: string[] = [];
const { setTimeout: original } = globalThis;
globalThis.setTimeout = Object.assign((...args: Parameters<typeof original>) => {
  const [caller = ""] = (new Error().stack ?? "").split("\n").slice(2);
  timers.push(caller);
  return original(...args);
}, original);

const opened = doors.find(({ name }) => name === door);
if (opened === undefined) throw new Error(`no door is called ${door}`);
const options = { evidence: { endpoints: { iam: endpoint, sts: endpoint, kms: endpoint, organizations: endpoint } } };
const { create } = opened.open({ endpoint, region: "us-west-2", credentials: JSON.parse(credentials) }, options);
appendFileSync(log, "-- opened\n");
let outcome = "created";
try {
  await create();
} catch (error) {
  outcome = (error as Error).name;
}

const loaded = readFileSync(log, "utf8").split("-- opened\n")[1]?.split("\n") ?? [];
const isOurs = (text: string) => text.includes("/lib/");
console.log(JSON.stringify({ outcome, modules: loaded.filter(isOurs), timers: timers.filter(isOurs) }));
