import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import { diagnose } from "../../lib/diagnose.js";
import type { Diagnosis } from "../../lib/diagnosis/Diagnosis.js";
import { reportText } from "../../lib/report/reportText.js";
import { kindsOfChange } from "../fix/kindsOfChange.js";
import { buildSnapshot } from "../verdict/cases/buildSnapshot.js";
import { aDiagnosis } from "./aDiagnosis.js";

/** The lines of the section under a heading. */
function section(text: string, heading: string): string[] {
  const part = text.split("\n\n").find((one) => one.startsWith(heading));
  return part?.trimEnd().split("\n").slice(1) ?? [];
}

describe("A diagnosis as text", () => {
  it("says in its first lines why, a line for each blocker, and says it nowhere again", () => {
    const text = reportText(aDiagnosis());

    expect(text.split("\n").slice(0, 2)).to.deep.equal(["The guardrail denies it.", "Nobody allows it."]);
    expect(text.split("Nobody allows it.")).to.have.length(2);
  });

  it("tells outcome and blocking layer", () => {
    expect(reportText(aDiagnosis())).to.contain(
      "\n\n  outcome    blocked\n  layer      service-control-policy\n\nBlocker 1",
    );
  });

  it("names policy, statement, target and actions of a blocker, and the fix with its owner, proof and statement", () => {
    expect(section(reportText(aDiagnosis()), "Blocker 1: service-control-policy (explicitDeny, confirmed)")).to.eql([
      "  policy     Guardrail  arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-1",
      "  statement  NoVaults  (index 2)",
      "  target     ou-ab12-11111111",
      "  actions    backup:CreateBackupVault",
      "  fix 1      Let NoVaults leave out the deployer (the organization's administrator; edit-statement; proven by diagnosing again)",
      "             {",
      '               "Sid": "NoVaults",',
      '               "Effect": "Deny"',
      "             }",
    ]);
  });

  it("tells of silence only what there is, and of a fix that it is not proven", () => {
    expect(section(reportText(aDiagnosis()), "Blocker 2: identity-policy (implicitDeny, probable)")).to.eql([
      "  actions    kms:Decrypt, kms:GenerateDataKey",
      "  fix 2      Allow both (the account's administrator; create-policy; not proven)",
      "             The boundary could not be read.",
    ]);
  });

  it("calls a statement without Sid so", () => {
    const [blocker] = aDiagnosis().blockers;
    const text = reportText(
      aDiagnosis({ blockers: blocker === undefined ? [] : [{ ...blocker, statement: { sid: null, index: 0 } }] }),
    );

    expect(text).to.contain("  statement  without Sid  (index 0)");
  });

  it("lists suspects, actions, assumptions, disagreements and what was not read, each reason once", () => {
    const text = reportText(aDiagnosis());

    expect(section(text, "Suspects")).to.eql(["  - session-policy: The session policy might block kms:CreateGrant."]);
    expect(section(text, "Actions")).to.eql(["  explicitDeny  backup:CreateBackupVault"]);
    expect(section(text, "Assumed")).to.eql(["  - The session policy was not read and is taken to allow."]);
    expect(section(text, "Sources that disagree")).to.eql([
      "  - permissions-boundary on kms:CreateGrant: policies says allowed, simulator says implicitDeny. The policies count.",
    ]);
    expect(section(text, "Not read")).to.eql([
      "  - organizations:ListPoliciesForTarget, organizations:ListParents (refused: AccessDeniedException: no)",
      "  - kms:ListGrants (skipped)",
    ]);
  });

  it("says first who, what and where, as far as it is known, and as whom the evidence was read", () => {
    const subject = {
      operation: "CreateBackupVault",
      principalArn: "arn:aws:iam::444455556666:role/Deployer",
      callerArn: null,
      accountId: "444455556666",
      region: "us-west-2",
      backupVaultName: "prod-vault",
      encryptionKeyArn: null,
    };
    const reader = {
      call: "sts:GetCallerIdentity",
      status: "answered" as const,
      detail: "arn:aws:iam::444455556666:user/ann",
    };

    const [first, , third, fourth] = reportText({ ...aDiagnosis({ evidence: [reader] }), subject }).split("\n");

    expect(first).to.equal(
      "principal arn:aws:iam::444455556666:role/Deployer, vault prod-vault, Region us-west-2, account 444455556666, evidence read as arn:aws:iam::444455556666:user/ann",
    );
    expect([third, fourth]).to.deep.equal(["The guardrail denies it.", "Nobody allows it."]);
  });

  it("tells each fix under the blocker that it names, what else it allows, and how many blockers are left out", () => {
    const [first, second] = aDiagnosis().fixes;
    if (first === undefined || second === undefined) throw new Error("the diagnosis by hand has two fixes");
    const fixes = [
      { ...second, blocker: 1, widens: ["everybody in the account"] },
      { ...first, blocker: 1, title: "Leave the account" },
    ];

    const text = reportText({ ...aDiagnosis(), fixes, omittedBlockers: 12 });

    expect(section(text, "Blocker 1").join()).to.not.include("  fix");
    expect(section(text, "Blocker 2").filter((line) => /^ {2}fix|also/.test(line))).to.eql([
      "  fix 1      Allow both (the account's administrator; create-policy; not proven)",
      "             also allows: everybody in the account",
      "  fix 2      Leave the account (the organization's administrator; edit-statement; proven by diagnosing again)",
    ]);
    expect(text).to.include("\n\n12 more blockers are not shown.\n\n");
  });

  it("names the statements that a suspect hangs on", () => {
    const [suspect] = aDiagnosis().suspects;
    if (suspect === undefined) throw new Error("the diagnosis by hand has a suspect");
    const statements = [{ policy: "Guard", sid: null, index: 3, effect: "Deny" as const, target: "ou-ab12-11111111" }];

    const text = reportText({ ...aDiagnosis(), suspects: [{ ...suspect, statements }] });

    expect(section(text, "Suspects")).to.eql([
      "  - session-policy: The session policy might block kms:CreateGrant. Undecided: Guard at ou-ab12-11111111, without Sid (index 3).",
    ]);
  });

  it("has no empty section and ends with one newline", () => {
    const text = reportText(
      aDiagnosis({
        outcome: "allowed",
        blockingLayer: null,
        blockers: [],
        fixes: [],
        suspects: [],
        assumptions: [],
        disagreements: [],
        evidence: [],
        summary: "Nothing blocks.",
      }),
    );

    expect(text).to.equal(
      "Nothing blocks.\n\n  outcome    allowed\n\nNext\n  - you: Create the vault.\n      aws backup create-backup-vault --backup-vault-name NAME\n\nActions\n  explicitDeny  backup:CreateBackupVault\n",
    );
  });

  it("is without colours unless they are asked for, and the same words with them", () => {
    const plain = reportText(aDiagnosis());
    const colored = reportText(aDiagnosis(), { color: true });

    expect(plain).to.not.contain("\u001b");
    expect(colored).to.contain("\u001b[31mblocked\u001b[39m");
    expect(stripVTControlCharacters(colored)).to.equal(plain);
  });

  it("lets no text of another's hand end a line, move the cursor or turn the writing, wherever it stands", () => {
    const hostile = poisoned(aDiagnosis());
    // What nobody knows has no least policy.
    const { blockers, ...rest } = aDiagnosis();
    const harmless = { ...rest, blockers: blockers.map((blocker) => ({ ...blocker, actions: ["kms:Unknown"] })) };

    const text = reportText(hostile);

    expect(text).to.not.match(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(text.split("\n")).to.have.lengthOf(reportText(harmless).split("\n").length);
  });
});

/** The values that the schema fixes; every other text of a diagnosis may be anything. */
const fixed = new Set([
  "outcome",
  "blockingLayer",
  "layer",
  "effect",
  "certainty",
  "owner",
  "change",
  "verdict",
  "status",
]);

function poisoned(diagnosis: Diagnosis): Diagnosis {
  return JSON.parse(JSON.stringify(diagnosis), (key, value: unknown) =>
    typeof value === "string" && !fixed.has(key) && !isVerdict(value) ? `${value}\u001b[2J\r\n\u202e\u2028x` : value,
  ) as Diagnosis;
}

function isVerdict(text: string): boolean {
  return ["allowed", "implicitDeny"].includes(text);
}

describe("The text of a fix that comes with a policy of another target", () => {
  it("has that policy whole, as it has the statement", () => {
    const patch = kindsOfChange["a service control policy is changed and another attached"] ?? {};

    const text = reportText(diagnose(buildSnapshot([], patch)));

    expect(text).to.contain('The service control policy "AllowBackupVaults-444455556666" at 444455556666, whole:');
    expect(text).to.contain('"Sid": "CreateBackupVault"');
  });
});
