import { type Layer, layers } from "../../facts/layers.js";
import { type FieldRule, fields, shown, that } from "../../options/fieldRule.js";
import { InvalidRequestError } from "../../options/InvalidRequestError.js";
import { nearest } from "../../options/nearest.js";

const text = that((value) => typeof value === "string" && value !== "", "a text that is not empty", shown);
const oneOf = (...known: string[]): FieldRule =>
  that((value) => known.some((one) => one === value), known.map((one) => `"${one}"`).join(" or "), shown);
const flag = that((value) => typeof value === "boolean", "true or false");

const layer: FieldRule = (value, field) => {
  if (layers.some((one) => one === value)) return;
  const meant = typeof value === "string" ? nearest(value, layers) : null;
  const hint = meant === null ? `expected one of ${layers.join(", ")}` : `did you mean ${meant}?`;
  throw new InvalidRequestError(field, `${shown(value)} is no layer; ${hint}`);
};

const blocker = {
  sid: text,
  index: that((value) => Number.isInteger(value) && Number(value) >= 0, "a whole number from 0"),
  policy: text,
  target: text,
  effect: oneOf("explicitDeny", "implicitDeny"),
  certainty: oneOf("confirmed", "probable"),
  action: text,
  allowInconclusive: flag,
};

const checks = {
  allowCreatingBackupVault: fields({ allowInconclusive: flag }),
  blockedBy: fields(blocker),
  rejectedByVaultAccess: fields({ ...blocker, layer }),
};

/**
 * Refuses an assertion's options that are not what they must be, also unknown ones: a misspelt expectation would hold of
 * everything.
 *
 * @throws InvalidRequestError naming the option and what was expected
 */
export function checkAssertion(assertion: keyof typeof checks, options: unknown): void {
  if (options !== undefined) checks[assertion](options, assertion);
}

/** @throws InvalidRequestError where it is no layer */
export function checkLayer(value: unknown): asserts value is Layer {
  layer(value, "blockedBy");
}
