import fc, { type GeneratorValue } from "fast-check";

/** Random choices as fast-check makes them, so that what fails is replayed and shrunk. */
export interface Draw {
  one: <T>(choices: readonly [T, ...T[]]) => T;
  /** One of the choices, each as often as its weight. */
  weighted: <T>(...choices: [weight: number, value: T][]) => T;
  some: <T>(choices: readonly T[], most: number) => T[];
  /** True so often out of a hundred times. Shrinks to false. */
  percent: (often: number) => boolean;
  upTo: (most: number) => number;
}

export function draw(generator: GeneratorValue): Draw {
  // Without fast-check's preference for small and large values: the weights are meant.
  const upTo = (most: number) => generator(evenly, most);
  const at = <T>(choices: readonly T[], fallback: T) => choices[upTo(choices.length - 1)] ?? fallback;
  return {
    upTo,
    percent: (often) => upTo(99) >= 100 - often,
    one: (choices) => at(choices, choices[0]),
    weighted: (...choices) => {
      let rest = upTo(choices.reduce((sum, [weight]) => sum + weight, 0) - 1);
      for (const [weight, value] of choices) {
        if (rest < weight) return value;
        rest -= weight;
      }
      throw new Error("The weights add up to less than their sum");
    },
    some: (choices, most) => {
      const count = 1 + upTo(Math.min(most, choices.length) - 1);
      const start = upTo(choices.length - 1);
      return Array.from({ length: count }, (_, index) => choices[(start + index) % choices.length]).filter(
        (choice): choice is (typeof choices)[number] => choice !== undefined,
      );
    },
  };
}

const evenly = (max: number) => fc.noBias(fc.nat({ max }));
