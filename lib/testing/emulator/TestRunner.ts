/** The functions by which a test runner is told of hooks and tests: mocha's, Vitest's, Jest's or node:test's. */
export interface TestRunner {
  beforeAll: (hook: () => Promise<void>) => unknown;
  beforeEach: (hook: () => void) => unknown;
  afterAll: (hook: () => Promise<void>) => unknown;
}

/** The functions that tell a test runner of tests. */
export interface TestDeclarer {
  describe: (title: string, body: () => void) => unknown;
  it: (title: string, body: () => Promise<void>) => unknown;
}

const otherNames: Readonly<Record<string, string>> = { beforeAll: "before", afterAll: "after", it: "test" };

/**
 * The runner's functions, as they were given or else as they stand among the globals, by mocha's or Vitest's names.
 *
 * @throws TypeError where one is neither given nor global
 */
export function runnerOf<Runner extends object>(
  given: Partial<Runner> | undefined,
  names: (keyof Runner & string)[],
): Runner {
  const globals = globalThis as Record<string, unknown>;
  const found = names.map((name) => {
    const candidates = [
      (given as Record<string, unknown> | undefined)?.[name],
      globals[name],
      globals[otherNames[name] ?? name],
    ];
    const known = candidates.find((one) => typeof one === "function");
    if (known === undefined) {
      throw new TypeError(
        `the test runner has no global ${name}(); pass it, as { runner: { ${names.join(", ")} } } from "vitest"`,
      );
    }
    return [name, known] as const;
  });
  return Object.fromEntries(found) as unknown as Runner;
}
