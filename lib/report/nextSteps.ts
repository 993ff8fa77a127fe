import type { Blocker, Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { accountNotRead } from "./accountNotRead.js";
import { callerSteps } from "./callerSteps.js";
import { checkAgain } from "./checkAgain.js";
import { checkAgainAs } from "./checkAgainAs.js";
import { commandWord } from "./commandWord.js";
import { createCommand } from "./createCommand.js";
import { leastPolicy, leastPolicyCommand } from "./leastPolicyCommand.js";
import { listedNames } from "./listedNames.js";
import { type NextStep, you } from "./NextStep.js";
import { regionFlag } from "./placeFlags.js";
import { printable } from "./printable.js";

const owners: Readonly<Record<Fix["owner"], string>> = {
  account: "who administers the account's IAM",
  organization: "who administers the organization's policies",
  "key-owner": "who administers the KMS key",
};

const noLonger = "Have the policy changed so that it does not deny it any more.";
/** More than these nobody does at once. */
const most = 4;

/**
 * The next steps after a diagnosis, the first one first: the fix and who can make it, or which right, or whose credentials,
 * would decide what is open. Never empty. Pure; what is hostile in a name cannot leave the quotes of a command.
 *
 * @example
 * nextSteps(diagnosis)[0]; // { who: "who administers the KMS key", what: "Add ... to the key policy ..." }
 */
export function nextSteps(diagnosis: Diagnosis): NextStep[] {
  const steps = (() => {
    switch (diagnosis.outcome) {
      case "blocked":
        return [
          ...fixSteps(diagnosis),
          ...evidenceSteps(diagnosis, "To see the statement, and what else blocks"),
          ...againStep(diagnosis),
        ];
      case "inconclusive":
        return isOfNobody(diagnosis)
          ? [{ who: you, what: "Name a principal that exists, or make this one first." }]
          : [...fixSteps(diagnosis), ...evidenceSteps(diagnosis, "To decide it"), ...callerSteps(diagnosis)];
      case "allowed":
        return [
          diagnosis.planned === undefined
            ? { who: you, what: "Create the vault.", command: createCommand(diagnosis) }
            : { who: you, what: `Apply ${diagnosis.planned.file}.` },
        ];
    }
  })();
  return (steps.length > 0 ? steps : [lastStep(diagnosis)]).slice(0, most);
}

/** IAM says that there is no such principal; of another account than its own it cannot say so. */
function isOfNobody(diagnosis: Diagnosis): boolean {
  const isMissing = diagnosis.evidence.some(
    ({ call, detail = "" }) => /^iam:Get(?:Role|User)$/.test(call) && detail.startsWith("NoSuchEntity"),
  );
  return isMissing && accountNotRead(diagnosis) === null;
}

/** The next steps as lines of a report or of an error's message: who, what, and the command behind it. */
export function nextStepLines(diagnosis: Diagnosis): string[] {
  return nextSteps(diagnosis).map(({ who, what, command }) =>
    printable(`${who}: ${what}${command === undefined ? "" : ` Run: ${command}`}`),
  );
}

/** One for each blocker, with who can lift it, also where nothing could be proposed. */
function fixSteps(diagnosis: Diagnosis): NextStep[] {
  const { blockers, fixes } = diagnosis;
  return blockers.flatMap((blocker, index): NextStep[] => {
    const fix = fixes.find((one) => one.blocker === index);
    if (fix !== undefined) {
      const what = `${fix.title.replace(/\.$/, "")}.${fix.note === undefined ? "" : ` ${fix.note}`}`;
      const number = fixes.indexOf(fix) + 1;
      if (isOfCall(fix)) return [{ who: you, what, fix: number }];
      return [{ who: owners[fix.owner], what, ...leastPolicy(blocker, diagnosis), fix: number }];
    }
    // Several blockers may share the fix of one.
    return fixes.some(({ layer }) => layer === blocker.layer) ? [] : [ownerStep(blocker, diagnosis)];
  });
}

/** A call that is made in another way: nobody has to change a policy. */
function isOfCall({ change, verified, title }: Fix): boolean {
  return change === "other" && verified && !title.startsWith("Nothing of its own");
}

function ownerStep(blocker: Blocker, diagnosis: Diagnosis): NextStep {
  const isDenied = blocker.effect === "explicitDeny";
  switch (blocker.layer) {
    case "service-control-policy":
    case "resource-control-policy":
      return {
        who: owners.organization,
        what: "Exempt this principal or action in the policy; nothing in the account itself can.",
      };
    case "key-policy":
      return {
        who: owners["key-owner"],
        what: isDenied ? noLonger : "Let the principal use the key for AWS Backup.",
        ...leastPolicy(blocker, diagnosis),
      };
    case "key-state":
      return { who: owners["key-owner"], what: "Enable the key, or name another one for the vault." };
    default:
      return {
        who: owners.account,
        what: isDenied ? noLonger : "Allow the actions there.",
        ...leastPolicy(blocker, diagnosis),
      };
  }
}

/** Whose credentials, or which rights, would read what was not read. */
function evidenceSteps(diagnosis: Diagnosis, purpose: string): NextStep[] {
  const { evidence } = diagnosis;
  const isAsked = evidence.some(({ status }) => status === "answered" || status === "refused");
  const isKnown = ({ certainty, statement, effect }: Blocker) =>
    certainty === "confirmed" && (effect === "implicitDeny" || statement !== null);
  // A snapshot has no log of calls: what it holds was read.
  const isRead = isAsked || evidence.length === 0;
  if (diagnosis.outcome === "blocked" && isRead && diagnosis.blockers.some(isKnown)) return [];
  const refused = evidence.filter(({ status }) => status === "refused").map(({ call }) => call);
  const others = refused.filter((call) => !call.startsWith("organizations:"));
  if (!isAsked) {
    return [
      {
        who: you,
        what: `${purpose}, let the policies be read, as the caller or as somebody who may read IAM, KMS and Organizations (--evidence-profile NAME or --evidence-role ARN; in code, the option evidence.credentials).`,
        command: checkAgain(diagnosis),
      },
      {
        who: owners.account,
        what: "Give that reader the least rights it needs.",
        command: leastPolicyCommand("reader", diagnosis),
      },
    ];
  }
  return [
    ...otherAccountSteps(diagnosis, purpose),
    ...(others.length === 0
      ? []
      : [
          {
            who: you,
            what: `${purpose}, let somebody read the evidence who may (refused: ${listedNames(others)}): name a profile or a role; in code, the option evidence.credentials.`,
            command: checkAgainAs("--evidence-profile NAME", diagnosis),
          },
          {
            who: owners.account,
            what: "Or give the reader the least rights it needs.",
            command: leastPolicyCommand("reader", diagnosis),
          },
        ]),
    ...(others.length < refused.length
      ? [
          {
            who: you,
            what: `${purpose}, let a role in the organization's management account read its policies; in code, the option evidence.organizationCredentials.`,
            command: checkAgainAs("--organization-role ARN", diagnosis),
          },
        ]
      : []),
  ];
}

function otherAccountSteps(diagnosis: Diagnosis, purpose: string): NextStep[] {
  const account = accountNotRead(diagnosis);
  const isOpen = diagnosis.suspects.some(({ dependsOn }) => dependsOn.includes("policies.identity"));
  if (account === null || !isOpen) return [];
  return [
    {
      who: you,
      what: `${purpose}, let the evidence be read as somebody of account ${account}, of which the principal is: name a profile or a role; in code, the option evidence.credentials.`,
      command: checkAgainAs("--evidence-profile NAME", diagnosis),
    },
  ];
}

function againStep(diagnosis: Diagnosis): NextStep[] {
  if (!diagnosis.evidence.some(({ status }) => status === "answered")) return [];
  // About the same call the answer would be the same.
  return diagnosis.fixes.some((fix) => fix.blocker === 0 && isOfCall(fix))
    ? [{ who: you, what: "Then ask again, about the call as you will make it." }]
    : [{ who: you, what: "Once it is changed, ask again.", command: checkAgain(diagnosis) }];
}

function lastStep(diagnosis: Diagnosis): NextStep {
  const { subject, planned } = diagnosis;
  if (planned?.unsettled !== undefined) {
    const what = "Make first, by itself, what the plan changes of it, or say what is not known, and check again.";
    return { who: you, what, command: checkAgain(diagnosis) };
  }
  if (planned !== undefined) {
    const [, parameter] = /^parameter ([^/]+)$/.exec(planned.key ?? "") ?? [];
    return parameter === undefined
      ? { who: you, what: "Only the apply tells what it hangs on; check the vault again where that is there." }
      : {
          who: you,
          what: `Say what the parameter ${parameter} is given.`,
          command: `${checkAgain(diagnosis)} --parameters ${commandWord(`${parameter}=VALUE`)}`,
        };
  }
  return {
    who: you,
    what: "Wait a minute, since a policy that was changed is not in force everywhere at once, and try again; CloudTrail in the vault's account tells which call AWS refused.",
    command: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=CreateBackupVault${regionFlag(subject)}`,
  };
}
