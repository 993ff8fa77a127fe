import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { BackupClient, ListBackupVaultsCommand } from "@aws-sdk/client-backup";
import { expect, use } from "chai";
import pRetry from "p-retry";
import {
  BackupVaultAccessDeniedError,
  checkBackupVaultAccess,
  type Diagnosis,
  type EvidenceOptions,
} from "../../lib/index.js";
import { backupVaultAccess, LeftoverVaultError, withBackupVault } from "../../lib/testing/index.js";
import { openSandbox, type Sandbox, type SandboxScene } from "./openSandbox.js";
import type { SandboxConnection } from "./SandboxConnection.js";
import type { SandboxJourney } from "./SandboxJourney.js";
import type { SandboxCapture, SandboxReport } from "./SandboxReport.js";
import { sandboxJourneys } from "./sandboxJourneys.js";

use(backupVaultAccess());

interface Options {
  /** Asked once, before anything is made; what it throws ends the suite. */
  connect: () => Promise<SandboxConnection>;
  /** Where the report is written. */
  reportFile: string;
  /** Told of the report after the last journey. */
  onReport?: (report: SandboxReport) => void;
}

/** Declares the journeys as tests: AWS's own decision is compared with the diagnosis, and everything is removed again. */
export function describeSandbox(title: string, { connect, reportFile, onReport }: Options): void {
  describe(title, function () {
    this.timeout(300_000);
    let connection: SandboxConnection;
    let sandbox: Sandbox;
    const captures: SandboxCapture[] = [];
    const left: string[] = [];

    before(async () => {
      connection = await connect();
      sandbox = await openSandbox(connection);
    });

    // Also after a failure: nothing may stay behind, and what was learnt is kept.
    after(async () => {
      if (connection === undefined || sandbox === undefined) return;
      left.push(...(await sandbox.close()));
      const report: SandboxReport = {
        capturedAt: new Date().toISOString(),
        region: connection.region,
        endpoint: connection.endpoint ?? "AWS",
        captures,
        openQuestions: openQuestions(captures),
        left,
      };
      await mkdir(dirname(reportFile), { recursive: true });
      await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
      onReport?.(report);
      expect(left, "what could not be removed").to.deep.equal([]);
    });

    for (const journey of sandboxJourneys) {
      it(`${journey.title}: AWS and the diagnosis agree`, async () => {
        const scene = await sandbox.set(journey);
        const client = new BackupClient({ ...connection, credentials: scene.credentials });
        try {
          await arrived(client);
          const evidence = evidenceOf(connection);
          const foretold = await checkBackupVaultAccess(requestOf(sandbox, scene), { client, evidence, share: false });

          const answer = await asked(client, journey, scene, evidence, left);

          const capture = captureOf(journey, foretold, answer);
          captures.push(capture);
          await assess(journey, foretold, answer);
          expect(capture.agrees, JSON.stringify(capture, null, 2)).to.equal(true);
        } finally {
          client.destroy();
        }
      });
    }
  });
}

/** The administrator reads the evidence; an emulator's endpoints must be named. */
function evidenceOf({ credentials, endpoint }: SandboxConnection): EvidenceOptions {
  if (endpoint === undefined) return { credentials };
  return { credentials, endpoints: { iam: endpoint, sts: endpoint, kms: endpoint, organizations: endpoint } };
}

function requestOf(_: Sandbox, { keyArn }: SandboxScene) {
  return { backupVaultName: "vault-access-test-sandbox", ...(keyArn !== null && { encryptionKeyArn: keyArn }) };
}

/** Waits until the role's policy has arrived everywhere: before that, any refusal could be for that reason. */
async function arrived(client: BackupClient): Promise<void> {
  await pRetry(() => client.send(new ListBackupVaultsCommand({ MaxResults: 1 })), {
    retries: 8,
    minTimeout: 1000,
    maxTimeout: 8000,
    shouldRetry: ({ error }) => /AccessDenied/.test(error.name),
  });
}

type Answer = { created: true } | { created: false; error: BackupVaultAccessDeniedError };

/** AWS's own decision. One that differs from what is expected is asked for again, as it may still be on its way. */
async function asked(
  client: BackupClient,
  { expected }: SandboxJourney,
  { keyArn }: SandboxScene,
  evidence: EvidenceOptions,
  left: string[],
): Promise<Answer> {
  try {
    await withBackupVault(client, keyArn === null ? {} : { EncryptionKeyArn: keyArn }, () => {}, {
      evidence,
      share: false,
      tagged: false,
      ...(expected === "created" && { retryWhileInconclusive: true }),
    });
    return { created: true };
  } catch (error) {
    if (error instanceof LeftoverVaultError) {
      left.push(error.message);
      return { created: true };
    }
    if (BackupVaultAccessDeniedError.isInstance(error)) return { created: false, error };
    throw error;
  }
}

async function assess({ expected }: SandboxJourney, foretold: Diagnosis, answer: Answer): Promise<void> {
  switch (expected) {
    case "open":
      return;
    case "created":
      expect(answer.created, "created").to.equal(true);
      await expect(foretold).to.allowCreatingBackupVault({ allowInconclusive: true });
      return;
    default:
      expect(answer.created, "created").to.equal(false);
      if (!answer.created) await expect(answer.error).to.be.blockedBy(expected);
  }
}

/** Where AWS created the vault, no blocker may be confirmed; where it refused, the evidence may not say "allowed" for sure. */
function captureOf(journey: SandboxJourney, foretold: Diagnosis, answer: Answer): SandboxCapture {
  const { outcome, blockingLayer, summary, blockers } = foretold;
  const explained = answer.created ? null : answer.error.diagnosis;
  return {
    journey: journey.title,
    expected: journey.expected,
    refusal: answer.created
      ? null
      : {
          name: answer.error.cause.name,
          message: answer.error.cause.message,
          status: answer.error.$metadata.httpStatusCode ?? null,
        },
    foretold: { outcome, blockingLayer, summary },
    explained:
      explained === null
        ? null
        : {
            outcome: explained.outcome,
            blockingLayer: explained.blockingLayer,
            summary: explained.summary,
            disagreements: explained.disagreements,
          },
    agrees: answer.created
      ? blockers.every(({ certainty }) => certainty === "probable")
      : isNoSurprise(journey, foretold),
  };
}

/** A session policy no API tells, so the evidence alone says "allowed" of it, and says that it was assumed. */
function isNoSurprise({ sessionWithout }: SandboxJourney, { outcome }: Diagnosis): boolean {
  return outcome !== "allowed" || sessionWithout !== undefined;
}

function openQuestions(captures: readonly SandboxCapture[]): SandboxReport["openQuestions"] {
  const questions: SandboxReport["openQuestions"] = {};
  for (const journey of sandboxJourneys) {
    const capture = captures.find(({ journey: title }) => title === journey.title);
    if (journey.expected !== "open" || journey.without === undefined || capture === undefined) continue;
    questions[journey.without] = capture.refusal === null ? "not enforced" : "enforced";
  }
  return questions;
}
