import { readFileSync } from "node:fs";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { type World, type WorldInput, world } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";

const page = readFileSync(new URL("../../docs/worlds.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^## (.+)$(?:(?!^## )[\s\S])*?^```json (allowed|refused)\n([\s\S]*?)^```$/gm)];

/** The world's only key, where it has one. */
const keyOf = ({ accounts }: World) => accounts.flatMap(({ keys }) => keys)[0]?.arn;

describe("docs/worlds.md", () => {
  it("has an example in every section but the last", () => {
    expect(examples).to.have.lengthOf([...page.matchAll(/^## /gm)].length - 1);
  });

  for (const [, title = "", outcome, text = ""] of examples) {
    it(`${title}: the vault is ${outcome}`, () => {
      const written = JSON.parse(text) as WorldInput;
      return served({ world: written }, async (emulator) => {
        const client = new BackupClient({ ...emulator.clientConfig(), maxAttempts: 1 });
        const EncryptionKeyArn = keyOf(emulator.world);
        const made = client.send(new CreateBackupVaultCommand({ BackupVaultName: "prod-vault", EncryptionKeyArn }));
        if (outcome === "allowed") expect((await made).BackupVaultName).to.equal("prod-vault");
        else expect((await failureOf(made)).name).to.equal("AccessDeniedException");
        expect(world(written).caller).to.deep.equal(emulator.world.caller);
      });
    });
  }
});
