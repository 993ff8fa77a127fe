import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { expect } from "chai";
import { keyArn } from "../emulator/worlds.js";
import { cliProcess } from "./cli.js";

/** An AWS that takes every request and never answers. */
describe("Where AWS never answers, a command ends by itself with 4", function () {
  this.timeout(60_000);
  let server: Server;
  let env: Record<string, string>;
  before(async () => {
    server = createServer(() => {}).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    env = {
      AWS_PROFILE: "",
      AWS_CONFIG_FILE: "/nonexistent",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: "us-west-2",
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "none",
    };
  });
  after(() => server.close());

  const asked = ["check", "--vault", "prod-vault", "--key", keyArn, "--timeout", "1"];
  for (const [what, more] of [
    [
      "evidence is read by a role that is to be taken first",
      ["--evidence-role", "arn:aws:iam::111122223333:role/Auditor"],
    ],
    ["all principals are asked about", ["--all-principals"]],
    ["the vault is really created", ["--attempt"]],
  ] as const) {
    it(`though ${what}`, async () => {
      const { code, stderr } = await cliProcess([...asked, ...more], env);

      expect(stderr).to.match(/^error: /m);
      expect(code).to.equal(4);
    });
  }
});
