import { inspect } from "node:util";
import { BackupServiceException } from "@aws-sdk/client-backup";
import { expect } from "chai";
import { messageLines } from "../../lib/client/messageLines.js";
import { BackupVaultAccessDeniedError, diagnose, parseSnapshot } from "../../lib/index.js";
import { exampleSnapshot } from "./exampleSnapshot.js";
import { accessDenied } from "./refusals.js";

function explained(example: string, original = accessDenied()) {
  const diagnosis = diagnose(parseSnapshot(exampleSnapshot(example)));
  return new BackupVaultAccessDeniedError(original, diagnosis, messageLines(diagnosis));
}

// specification, section 8
describe("BackupVaultAccessDeniedError", () => {
  it("is what code that catches SDK errors expects", () => {
    const error = explained("mountcapsule-missing");

    expect(error).to.be.instanceOf(Error).and.instanceOf(BackupServiceException);
    expect(BackupServiceException.isInstance(error)).to.equal(true);
    expect(error.name).to.equal("AccessDeniedException");
    expect(error.stack?.split("\n")[0]).to.contain(accessDenied().message);
  });

  it("is told from other errors by instanceof and by isInstance", () => {
    const error = explained("mountcapsule-missing");

    expect(error).to.be.instanceOf(BackupVaultAccessDeniedError);
    expect(BackupVaultAccessDeniedError.isInstance(error)).to.equal(true);
    for (const other of [accessDenied(), new Error("no"), null, undefined, "AccessDeniedException", {}]) {
      expect(BackupVaultAccessDeniedError.isInstance(other)).to.equal(false);
      expect(other instanceof BackupVaultAccessDeniedError).to.equal(false);
    }
  });

  it("shows layer and blockers to a logger, but neither policies nor the response", () => {
    const error = explained("mountcapsule-missing", Object.assign(accessDenied(), { $response: { secret: "body" } }));

    expect(Object.keys(error)).to.include.members([
      "name",
      "message",
      "$fault",
      "$metadata",
      "blockingLayer",
      "blockers",
    ]);
    expect(Object.keys(error)).to.not.include.members(["diagnosis"]);
    expect(Object.keys(error)).to.not.include.members(["cause"]);
    expect(Object.keys(error)).to.not.include.members(["$response"]);
    expect(error.diagnosis.diagnosisVersion).to.equal(1);
    expect(inspect(Object.fromEntries(Object.entries(error)))).to.not.contain("secret");
  });

  it("becomes JSON with what a program needs", () => {
    const error = explained("mountcapsule-missing");

    const json = JSON.parse(JSON.stringify(error));

    expect(json).to.have.all.keys("name", "message", "$fault", "$metadata", "blockingLayer", "blockers");
    expect(json.blockingLayer).to.equal("identity-policy");
    expect(json.blockers).to.deep.equal(error.blockers);
  });

  it("says in a line for each blocker what blocks and who must do what", () => {
    const error = explained("service-control-policy-denies");

    const [first, ...lines] = error.message.split("\n");

    expect(first).to.equal(accessDenied().message);
    expect(lines).to.have.length(error.blockers.length);
    for (const [index, blocker] of error.blockers.entries()) {
      expect(lines[index]).to.contain(`[${blocker.layer}]`);
      expect(lines[index]).to.contain(blocker.reason);
      expect(lines[index]).to.match(/What to do \(whoever administers the organization's policies\): \S/);
    }
  });

  it("keeps control characters of names and reasons out of what is printed", () => {
    const snapshot = parseSnapshot(exampleSnapshot("service-control-policy-denies"));
    const diagnosis = structuredClone(diagnose(snapshot));
    const [blocker] = diagnosis.blockers;
    if (blocker === undefined) throw new Error("the example has a blocker");
    blocker.reason = 'Policy \u001b[2J\u001b[31m"Guard"\r\nAccessDenied: \u202eno';

    const [line] = messageLines(diagnosis);

    expect(line).to.not.match(/[\p{Cc}\u202e]/u);
    expect(line).to.contain('"Guard" AccessDenied:');
  });

  it("says in at most 8,000 characters what blocks, and how much it left out", () => {
    const diagnosis = diagnose(parseSnapshot(exampleSnapshot("service-control-policy-denies")));
    const lines = Array.from({ length: 500 }, (_, index) => `[key-policy] Statement ${index} ${"denies ".repeat(20)}`);

    const { message } = new BackupVaultAccessDeniedError(accessDenied(), diagnosis, lines);
    const { message: wide } = new BackupVaultAccessDeniedError(accessDenied("x".repeat(50_000)), diagnosis, [
      "y".repeat(50_000),
      "the last",
    ]);

    expect(message.length).to.be.at.most(8000).and.above(7000);
    const kept = message.split("\n");
    expect(kept.slice(1, 10)).to.deep.equal(lines.slice(0, 9));
    expect(kept.at(-1)).to.equal(
      `(${500 - (kept.length - 2)} more lines are left out here; error.diagnosis has all of it)`,
    );
    expect(wide.length).to.be.at.most(8000);
    expect(wide)
      .to.match(/characters are left out here\)\n/)
      .and.match(/\nthe last$/);
  });
});
