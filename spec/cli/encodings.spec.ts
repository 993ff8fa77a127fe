import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { decoded } from "../../lib/cli/decoded.js";
import { loadConfig } from "../../lib/cli/fromConfig.js";
import { readInput } from "../../lib/cli/readInput.js";
import { templateParameters } from "../../lib/cli/templateParameters.js";

const littleEndian = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");
const encodings: readonly [string, (text: string) => Buffer][] = [
  ["UTF-8", (text) => Buffer.from(text)],
  ["UTF-8 with its mark", (text) => Buffer.from(`\uFEFF${text}`)],
  ["UTF-16, little endian, as PowerShell redirects", littleEndian],
  ["UTF-16, big endian", (text) => littleEndian(text).swap16()],
];
const io = { stdout: () => {}, stderr: () => {}, stdin: async () => "", env: {}, isTerminal: false };

describe("A file is read in the encoding that its mark names", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "encodings-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [encoding, encode] of encodings) {
    it(encoding, async () => {
      const file = join(folder, "given.json");
      const config = join(folder, "config.json");
      writeFileSync(file, encode('{"Name":"Tresor-für-alle"}'));
      writeFileSync(config, encode('{"vault":"prod-vault"}'));

      expect(await readInput("--error", file, io)).to.equal('{"Name":"Tresor-für-alle"}');
      expect(await templateParameters([file], io)).to.deep.equal({ Name: "Tresor-für-alle" });
      expect((await loadConfig(config)).settings).to.deep.equal({ vault: "prod-vault" });
    });
  }

  it("and nothing is nothing", () => {
    expect(decoded(Buffer.from(""))).to.equal("");
  });
});
