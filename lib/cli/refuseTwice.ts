import type { Command, Option } from "commander";
import { CliError } from "./CliError.js";
import { collectContext, collectTag, collectText } from "./flagValues.js";

const collectors: readonly unknown[] = [collectText, collectTag, collectContext];

/** An option of one value that is given twice is refused: what was given first would be dropped, and nobody told. */
export function refuseTwice(command: Command): void {
  for (const option of command.options.filter(isOfOneValue)) {
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) throw new CliError(`${option.long}: expected once, found it twice`);
      isGiven = true;
    });
  }
}

function isOfOneValue({ required, optional, variadic, parseArg }: Option): boolean {
  return (required || optional) && !variadic && !collectors.includes(parseArg);
}
