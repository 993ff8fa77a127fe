import { readFileSync } from "node:fs";
import { expect } from "chai";
import { diagnoseSnapshot } from "../../lib/diagnosis/diagnoseSnapshot.js";
import { redactJudgedBy } from "../../lib/redaction/redact.js";
import { textsToKeep } from "../../lib/redaction/textsToKeep.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import type { Snapshot } from "../../lib/snapshot/Snapshot.js";

const text = readFileSync(new URL("../examples/allowed.snapshot.json", import.meta.url), "utf8");

function allowedWith(change: (snapshot: Snapshot) => void): Snapshot {
  const snapshot = parseSnapshot(text);
  change(snapshot);
  return parseSnapshot(JSON.stringify(snapshot));
}

/** As many Deny statements, each of which hangs on a text of its own. */
function deciding(count: number): Snapshot {
  return allowedWith((snapshot) => {
    if (snapshot.policies.identity.status !== "read") throw new Error("the example has identity policies");
    snapshot.context = { "aws:SourceIp": "203.0.113.7" };
    for (let at = 0; at < count; at += 1) {
      snapshot.policies.identity.value.push({
        name: `p${at}`,
        document: {
          Version: "2012-10-17",
          Statement: {
            Effect: "Deny",
            Action: "backup:*",
            Resource: "*",
            Condition: { NotIpAddress: { "aws:SourceIp": `203.0.${at}.7/${at % 2 === 0 ? 8 : 9}` } },
          },
        },
      });
    }
  });
}

function counted(snapshot: Snapshot) {
  let diagnoses = 0;
  const redaction = redactJudgedBy((one) => {
    diagnoses += 1;
    return diagnoseSnapshot(one);
  }, snapshot);
  return { ...redaction, diagnoses };
}

describe("The work of a redaction is bounded:", () => {
  it("two diagnoses are enough where nothing decides", () => {
    expect(counted(parseSnapshot(text)).diagnoses).to.equal(2);
  });

  it("eighty texts that decide take no more diagnoses than two each and a few", function () {
    this.timeout(60_000);

    const { kept, diagnoses } = counted(deciding(80));

    expect(kept).to.include("203.0.113.7");
    expect(kept).to.have.lengthOf(81);
    expect(diagnoses).to.be.lessThan(200);
  });

  it("what there was no time to try stays and is listed", () => {
    const texts = Array.from({ length: 1_000 }, (_, at) => `t${at}`);
    let tries = 0;
    const isSame = (kept: ReadonlySet<string>) => {
      tries += 1;
      return texts.every((one, at) => at % 3 !== 0 || kept.has(one));
    };

    const kept = textsToKeep(texts, isSame, 300);

    expect(tries).to.equal(300);
    for (let at = 0; at < texts.length; at += 3) expect(kept.has(`t${at}`)).to.equal(true);
  });

  it("thirty thousand tags and three thousand targets take two diagnoses", function () {
    this.timeout(120_000);
    const large = allowedWith((snapshot) => {
      snapshot.caller.tags = {
        status: "read",
        value: Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`k${at}`, `v${at}`])),
      };
      const Statement = { Effect: "Allow" as const, Action: "*", Resource: "*" };
      snapshot.policies.serviceControl = {
        status: "read",
        value: Array.from({ length: 3_000 }, (_, at) => ({
          id: `ou-ab12-${String(at).padStart(8, "0")}`,
          type: "ORGANIZATIONAL_UNIT",
          policies: [{ name: "FullAWSAccess", document: { Version: "2012-10-17", Statement } }],
        })),
      };
    });

    const { diagnoses, kept } = counted(large);

    expect(diagnoses).to.equal(2);
    expect(kept).to.deep.equal([]);
  });
});
