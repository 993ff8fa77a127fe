import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { findConfig } from "../../lib/cli/fromConfig.js";
import { describeSandbox } from "./describeSandbox.js";
import type { SandboxConnection } from "./SandboxConnection.js";
import { whyNoSandbox, whyNotInAccount } from "./sandboxGuard.js";

const reportFile = `live-reports/${new Date().toISOString().replaceAll(":", "-")}.json`;

async function connect(): Promise<SandboxConnection> {
  const { sandboxAccounts } = (await findConfig())?.settings ?? {};
  const why = whyNoSandbox({ env: process.env, sandboxAccounts });
  if (why !== null) throw new Error(why);
  const credentials = fromNodeProviderChain({ profile: process.env.AWS_PROFILE ?? "" });
  const sts = new STSClient({ credentials });
  try {
    const { Account: accountId = "" } = await sts.send(new GetCallerIdentityCommand({}));
    const whyNot = whyNotInAccount(accountId, sandboxAccounts ?? []);
    if (whyNot !== null) throw new Error(whyNot);
    return { region: await sts.config.region(), credentials };
  } finally {
    sts.destroy();
  }
}

describeSandbox("A real sandbox account", {
  connect,
  reportFile,
  onReport: ({ openQuestions }) => {
    console.log(`      captured in ${reportFile}; ${JSON.stringify(openQuestions)}`);
  },
});
