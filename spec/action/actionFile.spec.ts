import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";

interface Step {
  id?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const read = (path: string) => readFileSync(at(path), "utf8");
const action = parse(read("action.yml")) as {
  inputs: Record<string, { description: string }>;
  outputs: Record<string, { description: string; value: string }>;
  runs: { steps: Step[] };
};
const script = read("action/main.mjs") + read("action/commandLine.mjs");
const workflows = readdirSync(at(".github/workflows")).map((name) => ({
  name,
  steps: Object.values(
    (parse(read(`.github/workflows/${name}`)) as { jobs: Record<string, { steps?: Step[] }> }).jobs,
  ).flatMap(({ steps = [] }) => steps),
}));

describe("action.yml", () => {
  it("hands each input to its script, which reads each of them and no other", () => {
    const [{ env = {} } = {}] = action.runs.steps;
    const wanted = Object.keys(action.inputs).map((name) => `INPUT_${name.replaceAll("-", "_").toUpperCase()}`);
    const used = [...script.matchAll(/(?:input|lines|options)\(((?:"[A-Z_]+"(?:, )?)+)\)/g)].flatMap(([, names = ""]) =>
      [...names.matchAll(/[A-Z_]+/g)].map(([name]) => `INPUT_${name}`),
    );

    expect(Object.keys(env).sort()).to.eql(wanted.sort());
    expect([...new Set(used)].sort()).to.eql(wanted);
  });

  it("tells every output that its script writes", () => {
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).to.equal(`\${{ steps.answer.outputs.${name} }}`);
      expect(script).to.match(new RegExp(`["{ ]${name}\\b`));
    }
  });

  it("says of every input and output what it is", () => {
    for (const { description } of Object.values({ ...action.inputs, ...action.outputs })) {
      expect(description).to.have.length.greaterThan(10);
    }
  });
});

describe("Workflows", () => {
  const all = [...workflows, { name: "action.yml", steps: action.runs.steps }];

  it("build no script from what others may have written", () => {
    for (const { name, steps } of all) {
      for (const { run = "" } of steps) expect(run, name).to.not.include("${{");
    }
  });

  it("give the Action inputs that it has, and ask for outputs that it has", () => {
    const uses = workflows.flatMap(({ steps }) => steps.filter(({ uses: action }) => action === "./"));
    const asked = workflows.flatMap(({ steps }) =>
      steps.flatMap(({ env = {} }) =>
        Object.values(env).flatMap((value) => [...value.matchAll(/outputs\.([\w-]+)/g)].map(([, name = ""]) => name)),
      ),
    );

    expect(uses).to.have.length.greaterThan(1);
    for (const step of uses) expect(action.inputs).to.include.keys(Object.keys(step.with ?? {}));
    expect(action.outputs).to.include.keys(asked);
  });
});

describe("The Action's modes", () => {
  const lineOf = async (mode: string, inputs: Record<string, string>) => {
    const { commandLine } = (await import(at("action/commandLine.mjs").href)) as {
      commandLine: (mode: string, input: (name: string) => string) => string[];
    };
    return commandLine(mode, (name) => inputs[name] ?? "");
  };

  it("plan checks the vaults of a plan in each Region, as each principal", async () => {
    const line = await lineOf("plan", { PLAN: "plan.json", REGION: "eu-west-1\nus-east-1", ARGUMENTS: "--probe" });

    expect(line).to.eql(["check", "--plan=plan.json", "--region=eu-west-1", "--region=us-east-1", "--probe"]);
  });

  it("take a value that begins with a hyphen for a value", async () => {
    expect(await lineOf("check", { VAULT: "--attempt" })).to.eql(["check", "--vault=--attempt"]);
  });
});
