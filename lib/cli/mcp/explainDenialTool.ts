import { diagnose } from "../../diagnose.js";
import { CliError } from "../CliError.js";
import { diagnosisOfBoth, diagnosisOfText } from "../diagnosisOfText.js";
import { denialsOf, named, otherwise } from "../foundDenials.js";
import { answerOf } from "./answerOf.js";
import type { Tool } from "./Tool.js";

/** `explain_denial`: as `explain`, offline. */
export const explainDenialTool: Tool = {
  name: "explain_denial",
  title: "Explain a refused backup vault",
  description:
    "Why AWS refused CreateBackupVault: which policy layer, policy and statement block which of the seven actions, and what to change. From the text that a tool printed (Terraform, CDK, CloudFormation, the AWS CLI, an SDK, CloudTrail, a CI log), from a snapshot of the evidence, or both. Offline: nothing is asked of AWS.",
  arguments: {
    text: { description: "What was printed when the vault was refused, as it is; surrounding log lines may stay." },
    snapshot: { description: "The name of a snapshot among this server's resources, as prod.snapshot.json." },
  },
  isLive: false,
  answer: async ({ text, snapshot: name }, { snapshots }) => {
    const snapshot = name === undefined ? null : await snapshots.read(name);
    if (text === undefined) {
      if (snapshot === null) throw new CliError("explain_denial: expected text, snapshot, or both");
      return answerOf([diagnose(snapshot)]);
    }
    const { ours, others, otherFailure } = denialsOf(text);
    if (ours.length === 0) {
      const found = others.length > 0 ? others.map(named).join("; ") : otherwise(otherFailure);
      throw new CliError(`text: expected a refusal of CreateBackupVault for lack of rights, found ${found}`);
    }
    const note = others.length === 0 ? undefined : `Also there, and not explained: ${others.map(named).join("; ")}.`;
    const diagnoses = ours.map((found) =>
      snapshot === null ? diagnosisOfText(found) : diagnosisOfBoth(snapshot, found),
    );
    return answerOf(diagnoses, note);
  },
};
