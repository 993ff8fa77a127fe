// A loader hook that writes down the address of every module that is loaded.
import { appendFileSync } from "node:fs";
import type { LoadHook } from "node:module";

let log = "";

export function initialize(data: { log: string }): void {
  log = data.log;
}

export const load: LoadHook = (url, context, nextLoad) => {
  appendFileSync(log, `${url}\n`);
  return nextLoad(url, context);
};
