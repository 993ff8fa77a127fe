import { liveCall } from "../liveOptions.js";
import { whyNotRun } from "../whyNotRun.js";
import { answerOf } from "./answerOf.js";
import type { Tool } from "./Tool.js";

/** `check_access`: as `check`, without what makes anything. */
export const checkAccessTool: Tool = {
  name: "check_access",
  title: "May this principal create this backup vault?",
  description:
    "Reads the policies in force in AWS (IAM, KMS, Organizations, the IAM policy simulator) and says whether a principal may create a backup vault, and if not, which layer, policy and statement block. It only reads: no vault is created. It needs credentials that may read; what they may not read stays unknown and is told.",
  arguments: {
    vault: { description: "The vault's name: 2 to 50 letters, digits, hyphens or underscores.", isRequired: true },
    key: { description: "The ARN of the vault's KMS key; left out: the AWS managed key, alias/aws/backup." },
    region: { description: "The vault's Region, as eu-west-1; left out: the environment's." },
    principal: { description: "The ARN of the IAM user or role in question; left out: whose credentials are used." },
  },
  isLive: true,
  answer: async ({ vault, key, region, principal }, { io, flags, signal }) => {
    const asked = {
      ...flags,
      tag: {},
      ...(vault !== undefined && { vault }),
      ...(key !== undefined && { key }),
      ...(region !== undefined && { region }),
      ...(principal !== undefined && { principal }),
    };
    const { request, options } = await liveCall(asked, io);
    const { checkBackupVaultAccess } = await import("../../client/checkBackupVaultAccess.js");
    const diagnosis = await checkBackupVaultAccess(request, { ...options, abortSignal: signal });
    const root = whyNotRun(diagnosis.evidence, principal);
    if (root !== null) throw root;
    return answerOf([diagnosis]);
  },
};
