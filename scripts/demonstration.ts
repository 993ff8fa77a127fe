// npm start: creates a vault in six worlds of the embedded AWS and prints what a user would see.
// npm start -- --live --vault NAME [--key ARN]: the same program, once, with the environment's own credentials.
import { createVault } from "./demonstration/createVault.js";
import { demonstrate } from "./demonstration/demonstrate.js";
import { evidenceCredentials } from "./demonstration/inEnvironment.js";
import { liveVault, UsageError } from "./demonstration/liveVault.js";

const color = process.stdout.isTTY === true && !process.env.NO_COLOR;

try {
  const vault = liveVault(process.argv.slice(2));
  if (vault === null) {
    await demonstrate((text) => process.stdout.write(text), color);
  } else {
    const credentials = evidenceCredentials();
    process.stdout.write(
      await createVault({ ...vault, color, ...(credentials !== undefined && { evidenceCredentials: credentials }) }),
    );
  }
} catch (error) {
  // What is no denial reaches an ordinary program as it is: here it is told in a line, as by the command line.
  console.error(error instanceof UsageError ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 3 : 4;
}
