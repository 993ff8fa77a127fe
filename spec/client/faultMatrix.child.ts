/*
 * Run by faultMatrix.journey.ts in a process of its own, against an emulator elsewhere: a refusal while a diagnostic call goes
 * wrong. It prints what came of it and what the process still holds, and must then end by itself.
 */
import { BackupClient } from "@aws-sdk/client-backup";
import { systemClock } from "../../lib/aws/Clock.js";
import { createBackupVault } from "../../lib/index.js";
import { quietClock } from "./quietClock.js";
import { input } from "./refusals.js";

const { ENDPOINT: endpoint = "", CALLER: caller = "", AUDITOR: auditor = "", STUCK: stuck = "" } = process.env;
const time = quietClock((operation) => operation === stuck);
const { now, after } = systemClock;
Object.assign(systemClock, { now: time.clock.now, after: time.clock.after });
const client = new BackupClient({ endpoint, region: "us-west-2", credentials: JSON.parse(caller) });
time.watch(client.config.requestHandler);
const endpoints = { iam: endpoint, sts: endpoint, kms: endpoint, organizations: endpoint };
const error: unknown = await createBackupVault(client, input, {
  evidence: { endpoints, credentials: JSON.parse(auditor) },
  probe: "dry-run",
}).catch((thrown: unknown) => thrown);
client.destroy();
time.stop();
Object.assign(systemClock, { now, after });
const { name, blockingLayer } = error as { name: string; blockingLayer: string | null };
console.log(JSON.stringify({ name, blockingLayer, timersLeft: time.left() }));
