// npm start: creates a vault in six worlds of the embedded AWS and prints what a user would see.
// npm start -- --live --vault NAME [--key ARN]: the same program, once, with the environment's own credentials.
import { parseArgs } from "node:util";
import { createVault } from "./demonstration/createVault.js";
import { demonstrate } from "./demonstration/demonstrate.js";
import { evidenceCredentials } from "./demonstration/inEnvironment.js";

const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

const { values } = parseArgs({
  options: { live: { type: "boolean" }, vault: { type: "string" }, key: { type: "string" } },
});

if (values.live !== true) {
  await demonstrate((text) => process.stdout.write(text), color);
} else if (values.vault === undefined) {
  console.error("--live needs --vault NAME: the vault to create with the environment's own credentials");
  process.exitCode = 3;
} else {
  const credentials = evidenceCredentials();
  process.stdout.write(
    await createVault({
      backupVaultName: values.vault,
      color,
      ...(values.key !== undefined && { encryptionKeyArn: values.key }),
      ...(credentials !== undefined && { evidenceCredentials: credentials }),
    }),
  );
}
