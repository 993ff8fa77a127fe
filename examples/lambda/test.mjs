// The bundle as Lambda would run it, against the embedded AWS.
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { account, role, startEmulator, world } from "backup-vault-access/emulator";

const accountId = "111122223333";
const allow = (...actions) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
});
// The function's role may read its own policies: backup-vault-access policy --only reader prints what that takes.
const reading = ["iam:Get*", "iam:List*", "iam:SimulatePrincipalPolicy", "kms:DescribeKey", "kms:GetKeyPolicy"];
const worldWhere = (...actions) =>
  world({
    region: "us-west-2",
    caller: { arn: `arn:aws:sts::${accountId}:assumed-role/Function/request-1` },
    accounts: [
      account({
        id: accountId,
        roles: [
          role({ name: "Function", inlinePolicies: [{ name: "Vaults", document: allow(...actions, ...reading) }] }),
        ],
      }),
    ],
  });

// That the AWS SDK will leave Node.js 20 is no part of the function's log.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const written = [];
const say = process.stdout.write.bind(process.stdout);
const said = (text) => say(`${text}\n`);
for (const stream of [process.stdout, process.stderr]) stream.write = (text) => written.push(text) > 0;

async function invoke(world, time = 30_000) {
  const emulator = await startEmulator({ world });
  const { credentials } = emulator.clientConfig();
  Object.assign(process.env, {
    AWS_REGION: "us-west-2",
    AWS_ENDPOINT_URL: emulator.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  });
  try {
    // A fresh copy of the function for each, as a cold start is.
    const { handler } = await import(`./dist/handler.mjs?${emulator.url}`);
    return await handler({ vault: "prod-vault" }, { getRemainingTimeInMillis: () => time });
  } finally {
    await emulator.stop();
  }
}

const made = await invoke(worldWhere("backup:*", "backup-storage:*", "kms:*"));
equal(made.statusCode, 201);
deepEqual(written, []);
said("allowed: 201, and nothing is logged");

const { statusCode, body } = await invoke(worldWhere("backup:*", "kms:*"));
const told = JSON.parse(body);
equal(statusCode, 403);
equal(told.layer, "identity-policy");
equal(told.ask, "account");
match(told.message, /No identity policy of role Function allows backup-storage:MountCapsule\./);
said(`refused: 403, ${told.message} To do: ${told.change}`);

const line = written.map((one) => JSON.parse(one)).find(({ level }) => level === "ERROR");
equal(line.error.blockingLayer, "identity-policy");
deepEqual(line.error.blockers[0].actions, ["backup-storage:MountCapsule"]);
ok(!JSON.stringify(written).includes("SimulatePrincipalPolicy"), "a policy got into the log");
ok(!JSON.stringify(written).includes(process.env.AWS_SECRET_ACCESS_KEY), "a credential got into the log");
said("the log names layer, policy and action, and holds no policy and no credential");
