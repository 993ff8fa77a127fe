import * as v from "valibot";
import { requiredActions } from "../facts/actions.js";
import { issueInWords } from "./issueInWords.js";

const callable = v.custom<unknown>((value) => typeof value === "function", "Expected a function");

const optionsSchema = v.strictObject({
  world: v.optional(v.unknown()),
  port: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))),
  enforce: v.optional(
    v.union(
      [v.literal("all"), v.array(v.picklist(requiredActions))],
      `Expected "all" or a list of ${requiredActions.join(", ")}`,
    ),
  ),
  faults: v.optional(v.array(v.looseObject({ effect: v.string() }))),
  cloudTrailDelay: v.optional(v.pipe(v.number(), v.minValue(0))),
  random: v.optional(callable),
  onEvent: v.optional(callable),
});

/** @throws TypeError naming the option and what was expected */
export function checkEmulatorOptions(options: unknown): void {
  const result = v.safeParse(optionsSchema, options);
  if (result.success) return;
  const { path, expected } = issueInWords(result.issues[0]);
  throw new TypeError(`options${path === "" ? "" : `.${path}`}: ${expected}`);
}
