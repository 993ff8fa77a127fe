import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";

const page = readFileSync(new URL("../../docs/specification.md", import.meta.url), "utf8");
const file = new URL("shapes.ts", import.meta.url);

/** The shapes that sections 1, 2 and 5 of the specification write down, as a module. */
function shapesOf(text: string): string {
  const sections = text.split(/^## /m).filter((section) => /^<a id="section-[125]">/.test(section));
  const blocks = sections.flatMap((section) =>
    [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code),
  );
  const declared = blocks.join("\n").replaceAll(/^(interface|type) /gm, "export $1 ");
  return `/* Made from docs/specification.md: UPDATE_SHAPES=1 npx mocha spec/specification/shapes.spec.ts */\nimport type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";\n\n${declared}`;
}

describe("The shapes of the specification", () => {
  it("are those that spec/specification/types.ts compares with the code's; else UPDATE_SHAPES=1", () => {
    const made = shapesOf(page);
    if (process.env.UPDATE_SHAPES === "1") writeFileSync(file, made);

    expect(readFileSync(file, "utf8")).to.equal(made);
  });
});
