import { fields } from "./fieldRule.js";
import { abortSignal, liveRules, optionRules, retryWhileInconclusive } from "./optionRules.js";

/*
 * Written by hand and not as a schema: the doors check their options at once, before any call, and must not load a
 * validation library for it on the way to a success.
 */

const checks = {
  plugin: fields(optionRules, "an object of options"),
  call: fields({ ...optionRules, abortSignal, retryWhileInconclusive }, "an object of options"),
  live: fields({ ...liveRules, abortSignal }, "an object of options"),
};

/**
 * Refuses what is wrong in a door's options, also an option that is not known.
 *
 * @throws InvalidRequestError naming the option and what was expected, or the nearest right one
 */
export function checkOptions(options: unknown, door: keyof typeof checks): void {
  if (options !== undefined) checks[door](options, "options");
}
