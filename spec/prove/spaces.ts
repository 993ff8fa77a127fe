import type { Situation, Sure, Ways } from "../oracle/combine.js";
import type { Layer } from "../oracle/Layer.js";
import type { Form } from "../oracle/principalForms.js";

/** A finite space of situations, each with its number; null: one that cannot be. */
export interface Space {
  name: string;
  size: number;
  at: (index: number) => Situation | null;
}

/** The five verdicts of a layer. */
const verdicts: readonly Ways[] = [["allow"], ["deny"], ["silence"], ["deny", "allow", "silence"], null];
/** Whatever a layer may say, as far as is known; not to apply is one more. */
const knowledge: readonly Ways[] = [
  ...verdicts,
  ["deny", "allow"],
  ["allow", "silence"],
  // Silent, and perhaps denying.
  ["deny", "silence"],
];
/** The same of a layer that applies: one that does not is as one that allows. */
const applying = knowledge.filter((ways) => ways !== null);
const sures: readonly Sure[] = ["no", "yes", "maybe"];

const shut = { exact: "no", behind: "no", anyone: "no", account: "no" } as const satisfies Situation["forms"];
const nothing: Situation["layers"] = {
  "identity-policy": null,
  "permissions-boundary": null,
  "session-policy": null,
  "service-control-policy": null,
  "resource-control-policy": null,
  "key-policy": null,
  "key-state": null,
  "vpc-endpoint-policy": null,
};

/** Each form by itself; none; and all of them perhaps, as of a key policy that was not read. */
const eachForm: readonly Situation["forms"][] = [
  shut,
  ...(["exact", "behind", "anyone", "account"] as const satisfies Form[]).map((form) => ({
    ...shut,
    [form]: "yes" as const,
  })),
  { exact: "maybe", behind: "maybe", anyone: "maybe", account: "maybe" },
];

const everyForm: readonly Situation["forms"][] = sures.flatMap((exact) =>
  sures.flatMap((behind) =>
    sures.flatMap((anyone) => sures.map((account): Situation["forms"] => ({ exact, behind, anyone, account }))),
  ),
);

/** Where the key is, and what grants of the caller's account may do for it there. */
type Place = Pick<Situation, "key" | "callersGrant" | "exactGrant">;

const here: Place = { key: "same account", callersGrant: "no", exactGrant: "no" };
const places: readonly Place[] = [
  here,
  ...(
    [
      ["no", "no"],
      ["yes", "no"],
      ["maybe", "no"],
      ["yes", "yes"],
      ["maybe", "maybe"],
      ["yes", "maybe"],
    ] as const
  ).map(([callersGrant, exactGrant]) => ({ key: "other account" as const, callersGrant, exactGrant })),
];

export const spaces: readonly Space[] = [
  layersBy("the caller's own call", "own", [
    ["identity-policy", knowledge],
    ["permissions-boundary", knowledge],
    ["session-policy", knowledge],
    ["service-control-policy", knowledge],
    ["vpc-endpoint-policy", knowledge],
  ]),
  layersBy("a forwarded call that asks no key", "forwarded", [
    ["identity-policy", knowledge],
    ["permissions-boundary", knowledge],
    ["session-policy", knowledge],
    ["service-control-policy", knowledge],
  ]),
  layersBy("kms:RetireGrant", "retire-grant", [
    ["identity-policy", knowledge],
    ["permissions-boundary", knowledge],
    ["session-policy", knowledge],
    ["service-control-policy", knowledge],
    ["key-policy", [null, ["deny"], ["deny", "allow"]]],
    ["key-state", [["allow"], ["silence"], ["allow", "silence"]]],
  ]),
  layersBy(
    "a kms action on a key that does not exist",
    "keyed",
    [
      ["identity-policy", knowledge],
      ["permissions-boundary", knowledge],
      ["session-policy", knowledge],
      ["service-control-policy", verdicts],
      ["key-state", [["silence"]]],
    ],
    [{ ...here, key: "missing" }],
  ),
  layersBy(
    "a kms action: identity, boundary, session and key policy by all that may be known of them, by every combination of forms",
    "keyed",
    [
      ["identity-policy", applying],
      ["permissions-boundary", applying],
      ["session-policy", applying],
      // What a key policy allows is in the forms; beside that it denies or does not, or perhaps.
      ["key-policy", [["allow", "silence"], ["allow"], ["silence"], ["deny"], ["deny", "allow", "silence"]]],
    ],
    places,
    everyForm,
  ),
  layersBy(
    "a kms action: eight layers by five verdicts, by each form",
    "keyed",
    (Object.keys(nothing) as Layer[]).map((layer) => [layer, verdicts]),
    places.filter(({ callersGrant, exactGrant }) => callersGrant !== "maybe" && exactGrant === "no"),
    eachForm,
  ),
];

function layersBy(
  name: string,
  kind: Situation["kind"],
  choices: readonly (readonly [Layer, readonly Ways[]])[],
  where: readonly Place[] = [here],
  forms: readonly Situation["forms"][] = [shut],
): Space {
  const asksTheKey = kind === "keyed" && where.every(({ key }) => key !== "missing");
  return {
    name,
    size: choices.reduce((product, [, ways]) => product * ways.length, where.length * forms.length),
    at: (index) => {
      let rest = index;
      const pick = <T>(list: readonly T[]): T => {
        const chosen = list[rest % list.length] as T;
        rest = Math.floor(rest / list.length);
        return chosen;
      };
      const layers: Record<Layer, Ways> = { ...nothing };
      for (const [layer, ways] of choices) layers[layer] = pick(ways);
      const situation = { kind, layers, ...pick(where), forms: pick(forms) };
      return asksTheKey && !fits(layers["key-policy"], situation.forms) ? null : situation;
    },
  };
}

/** Whether a key policy that says so can let the caller in like this; a grant may let in whom a silent key policy does not. */
function fits(keyPolicy: Ways, forms: Situation["forms"]): boolean {
  if (keyPolicy === null) return false;
  const open = Object.values(forms);
  const isOpen = open.includes("yes");
  const mayAllow = keyPolicy.includes("allow");
  const maySaySilence = keyPolicy.includes("silence");
  if (mayAllow && !maySaySilence) return isOpen;
  return !mayAllow || isOpen || open.includes("maybe");
}
