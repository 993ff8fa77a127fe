import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { BackupClient } from "@aws-sdk/client-backup";
import { expect } from "chai";
import fc from "fast-check";
import { simulatedFixes } from "../../lib/client/simulatedFixes.js";
import { diagnose } from "../../lib/diagnose.js";
import type { Emulator, World } from "../../lib/emulator/index.js";
import { checkBackupVaultAccess, type Diagnosis } from "../../lib/index.js";
import { report, reportFix, reportFormats } from "../../lib/report/index.js";
import { arbitrarySnapshot as worldly } from "../emulator/arbitrarySnapshot.js";
import { served } from "../emulator/served.js";
import { accountId, allow, allSeven, deny, keyArn, memberWorld, vaultArn } from "../emulator/worlds.js";
import { operationOf } from "../evidence/roundTrips.js";
import { arbitrarySnapshot } from "../random/arbitrarySnapshot.js";
import { evidenceFrom } from "./refusals.js";

/*
 * What is asked, as https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html documents it; what the
 * simulator does not take, as docs/aws-behaviour.md has it (simulator-not-supported, simulator-resource-policy).
 */

const request = { backupVaultName: "prod-vault", encryptionKeyArn: keyArn };

/** Checks with the simulator asked about the fixes; `change` makes another answer of the simulator's. */
const checked = (emulator: Emulator, change: (answer: string) => string = (answer) => answer): Promise<Diagnosis> => {
  const requestHandler: Emulator["requestHandler"] = {
    ...emulator.requestHandler,
    async handle(asked, options) {
      const { response } = await emulator.requestHandler.handle(asked, options);
      if (operationOf(asked) !== "SimulateCustomPolicy") return { response };
      const body = change(await text(response.body));
      return { response: { ...response, body: Readable.from([Buffer.from(body)]) } };
    },
  };
  const client = new BackupClient({ ...emulator.clientConfig(), requestHandler });
  return checkBackupVaultAccess(request, { client, evidence: evidenceFrom(emulator), proveFixes: true });
};

const simulations = ({ requests }: Emulator) =>
  requests.filter(({ operation }) => operation === "SimulateCustomPolicy").map(({ input }) => input);

const answersOf = ({ fixes }: Diagnosis) => fixes.map(({ simulated }) => simulated?.answer);
const parsed = (document: unknown): unknown => JSON.parse(String(document));

describe("proveFixes: AWS's policy simulator is asked about the proven fixes", () => {
  it("with the changed identity policies, the boundary and the service control policies, the root's first", () =>
    served(
      {
        world: memberWorld({
          identity: allow("backup:*", "kms:*"),
          boundary: allow("*"),
          serviceControl: deny("ec2:*"),
        }),
      },
      async (emulator) => {
        const diagnosis = await checked(emulator);

        const [fix] = diagnosis.fixes;
        expect(fix?.simulated).to.deep.equal({
          answer: "agrees",
          detail: "With the change made it allows backup-storage:MountCapsule.",
        });
        const [input, ...others] = simulations(emulator);
        expect(others).to.deep.equal([]);
        expect(input?.ActionNames).to.deep.equal(["backup-storage:MountCapsule"]);
        expect(input).not.to.have.any.keys("ResourceArns", "CallerArn", "ResourcePolicy");
        const { PolicyInputList, PermissionsBoundaryPolicyInputList, OrderedOrganizationPolicyInputList } =
          input as Record<string, unknown[]>;
        expect(PolicyInputList?.map(parsed)).to.deep.equal([parsed(fix?.document?.after)]);
        expect(PermissionsBoundaryPolicyInputList?.map(parsed)).to.deep.equal([allow("*")]);
        const levels = OrderedOrganizationPolicyInputList as { ServiceControlPolicyInputList: string[] }[];
        const fullAccess = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
        expect(levels.map((level) => level.ServiceControlPolicyInputList.map(parsed))).to.deep.equal([
          [fullAccess],
          [fullAccess, deny("ec2:*")],
          [fullAccess],
        ]);
      },
    ));

  const kinds: { why: string; world: () => World; answer: string; detail: RegExp }[] = [
    {
      why: "a boundary's Allow",
      world: () => memberWorld({ boundary: allow("backup:*", "kms:*") }),
      answer: "agrees",
      detail: /^With the change made it allows backup-storage:MountCapsule\.$/,
    },
    {
      why: "a service control policy's exemption",
      world: () => memberWorld({ serviceControl: deny("backup:Create*") }),
      answer: "agrees",
      detail: /^With the change made it allows backup:CreateBackupVault\.$/,
    },
    {
      why: "a key policy, which it does not take",
      world: () => memberWorld({ keyPolicy: allowKeyTo("Other") }),
      answer: "not-asked",
      detail: /^The simulator takes no key policies\.$/,
    },
    {
      why: "a resource control policy, which it does not evaluate",
      world: () => memberWorld({ resourceControl: denyToAll("kms:Decrypt", "kms:CreateGrant") }),
      answer: "not-asked",
      detail: /^The simulator does not evaluate resource control policies\.$/,
    },
  ];
  for (const { why, world, answer, detail } of kinds) {
    it(`${why}: ${answer}`, () =>
      served({ world: world() }, async (emulator) => {
        const [fix] = (await checked(emulator)).fixes;

        expect(fix?.verified).to.equal(true);
        expect(fix?.simulated?.answer).to.equal(answer);
        expect(fix?.simulated?.detail).to.match(detail);
        expect(simulations(emulator)).to.have.length(answer === "agrees" ? 1 : 0);
      }));
  }

  it("about one layer without those in which something else blocks, and says so", () =>
    served(
      { world: memberWorld({ identity: allow("backup:*", "kms:*"), boundary: allow("backup:*", "kms:*") }) },
      async (emulator) => {
        const diagnosis = await checked(emulator);

        expect(answersOf(diagnosis)).to.deep.equal(["agrees", "agrees"]);
        expect(diagnosis.fixes.map(({ simulated }) => simulated?.detail)).to.deep.equal([
          "With the change made it allows backup-storage:MountCapsule, asked without the permissions boundary, where something else blocks or which was not read.",
          "With the change made it allows backup-storage:MountCapsule, asked without the identity policy, where something else blocks or which was not read.",
        ]);
      },
    ));

  it("with all that is known of each call: the very vault, the Region, AWS Backup's own conditions", () =>
    served({ world: memberWorld({ identity: allow("backup-storage:*") }) }, async (emulator) => {
      await checked(emulator);

      const inputs = simulations(emulator);
      const keysOf = (action: string) => {
        const input = inputs.find(({ ActionNames }) => (ActionNames as string[]).includes(action));
        const entries = (input?.ContextEntries ?? []) as { ContextKeyName: string; ContextKeyValues: string[] }[];
        const values = entries.map(({ ContextKeyName: name, ContextKeyValues }) => [name, ContextKeyValues.join()]);
        return { resources: input?.ResourceArns, values: Object.fromEntries(values) as Record<string, string> };
      };
      const own = keysOf("backup:CreateBackupVault");
      expect(own.resources).to.deep.equal([vaultArn]);
      expect(own.values).to.include({
        "aws:RequestedRegion": "us-west-2",
        "aws:PrincipalArn": `arn:aws:iam::${accountId}:role/team/Deployer`,
        "aws:PrincipalAccount": accountId,
        "aws:PrincipalOrgID": "o-a1b2c3d4e5",
        "aws:PrincipalTag/team": "storage",
        "aws:ViaAWSService": "false",
      });
      const grant = keysOf("kms:CreateGrant");
      expect(grant.resources).to.deep.equal([keyArn]);
      expect(grant.values).to.include({
        "aws:ViaAWSService": "true",
        "kms:ViaService": "backup.us-west-2.amazonaws.com",
        "kms:GrantIsForAWSResource": "true",
      });
    }));

  const answers: { why: string; change: (answer: string) => string; answer: string; detail: RegExp }[] = [
    {
      why: "another answer than the proof's",
      change: (one) => one.replaceAll(/(Decision>)allowed/g, "$1explicitDeny"),
      answer: "disagrees",
      detail: /^With the change made it says explicitDeny to backup-storage:MountCapsule\.$/,
    },
    {
      why: "a silence for want of a condition key",
      change: (one) =>
        one
          .replaceAll(/(Decision>)allowed/g, "$1implicitDeny")
          .replaceAll(
            /<MissingContextValues\s*\/>|<MissingContextValues><\/MissingContextValues>/g,
            "<MissingContextValues><member>aws:\u001B[31mx</member></MissingContextValues>",
          ),
      answer: "undecided",
      detail: /^It says implicitDeny to backup-storage:MountCapsule, not knowing aws:.+x\.$/,
    },
    { why: "no XML", change: () => "<html>proxy", answer: "unreadable", detail: /^Error: @aws-sdk XML parse error: / },
    {
      why: "an answer about another action",
      change: (one) => one.replaceAll("MountCapsule", "StartCapsule"),
      answer: "unreadable",
      detail: /the answer says nothing of backup-storage:MountCapsule/,
    },
    {
      why: "an unknown decision",
      change: (one) => one.replaceAll(/(Decision>)allowed/g, "$1perhaps"),
      answer: "unreadable",
      detail: /^MalformedResponse: EvaluationResults\.\d+\.EvalDecision is not as documented \(string\)$/,
    },
  ];
  for (const { why, change, answer, detail } of answers) {
    it(`${why}: ${answer}, told in every format, and nothing else is another`, () =>
      served({ world: memberWorld({ identity: allow("backup:*", "kms:*") }) }, async (emulator) => {
        const plain = await checked(emulator);

        const diagnosis = await checked(emulator, change);

        const [fix] = diagnosis.fixes;
        expect(fix?.simulated?.answer).to.equal(answer);
        expect(fix?.simulated?.detail).to.match(detail);
        const bare = ({ fixes, outcome, blockers }: Diagnosis) => ({
          outcome,
          blockers,
          fixes: fixes.map((one) => ({ ...one, simulated: undefined })),
        });
        expect(bare(diagnosis)).to.deep.equal(bare(plain));
        for (const format of reportFormats) {
          const told = report(diagnosis, format);
          const said = format === "json" || format === "ndjson" ? `"answer"` : "policy simulator ";
          expect(told, format).to.contain(said);
          expect(told, format).not.to.contain("\u001B");
        }
        expect(reportFix(diagnosis, 1, "cli")).to.contain("policy simulator ");
      }));
  }

  it("and where it may not be asked, says which right is missing", () =>
    served(
      {
        world: {
          ...memberWorld({ identity: allow("backup:*", "kms:*") }),
          refusedReads: [{ operation: "iam:SimulateCustomPolicy" }],
        },
      },
      async (emulator) => {
        const { fixes, evidence, outcome } = await checked(emulator);

        expect(outcome).to.equal("blocked");
        expect(fixes[0]).to.deep.include({ verified: true });
        expect(fixes[0]?.simulated?.answer).to.equal("unreadable");
        expect(fixes[0]?.simulated?.detail).to.match(/^AccessDenied: /);
        const call = evidence.find((one) => one.call === "iam:SimulateCustomPolicy");
        expect(call?.status).to.equal("refused");
        expect(call?.detail).to.contain("needs iam:SimulateCustomPolicy");
      },
    ));

  it("and not where nothing blocks", () =>
    served({ world: memberWorld() }, async (emulator) => {
      await checked(emulator);

      expect(simulations(emulator)).to.deep.equal([]);
    }));

  it("and not where nobody asked for it", () =>
    served({ world: memberWorld({ identity: allow("backup:*", "kms:*") }) }, async (emulator) => {
      const client = new BackupClient(emulator.clientConfig());

      const { fixes } = await checkBackupVaultAccess(request, { client, evidence: evidenceFrom(emulator) });

      expect(fixes.map(({ verified, simulated }) => ({ verified, simulated }))).to.deep.equal([
        { verified: true, simulated: undefined },
      ]);
      expect(simulations(emulator)).to.deep.equal([]);
    }));
});

describe("AWS's policy simulator, as the emulator has it", function () {
  this.timeout(60_000);

  for (const seed of [14, Date.now() % 2 ** 31]) {
    it(`disagrees with no proven fix of random snapshots, and agrees with some (seed ${seed})`, () =>
      served({ world: memberWorld() }, async (emulator) => {
        const { requestHandler, auditor, url } = emulator;
        const caller = { region: "us-west-2", requestHandler, credentials: auditor, endpoints: { iam: url } };
        const answers: string[] = [];
        for (const kind of [arbitrarySnapshot("known"), arbitrarySnapshot("unknown"), worldly]) {
          for (const snapshot of fc.sample(kind, { numRuns: 5, seed })) {
            const { diagnosis } = await simulatedFixes(snapshot, diagnose(snapshot), { caller }, { left: 60_000 });
            for (const { verified, simulated, title } of diagnosis.fixes) {
              expect(simulated !== undefined, title).to.equal(verified);
              if (simulated === undefined) continue;
              expect(simulated.answer, `${title}: ${simulated.detail}`).not.to.be.oneOf(["disagrees", "unreadable"]);
              answers.push(simulated.answer);
            }
          }
        }

        expect(answers.filter((answer) => answer === "agrees").length).to.be.greaterThan(0);
      }));
  }
});

function allowKeyTo(name: string) {
  const Principal = { AWS: `arn:aws:iam::${accountId}:user/${name}` };
  return { ...allSeven, Statement: [{ Effect: "Allow" as const, Principal, Action: "kms:*", Resource: "*" }] };
}

function denyToAll(...Action: string[]) {
  return { ...allSeven, Statement: [{ Effect: "Deny" as const, Principal: "*" as const, Action, Resource: "*" }] };
}
