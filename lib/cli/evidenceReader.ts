import type { LiveOptions } from "../client/LiveOptions.js";
import type { EvidenceCall } from "../diagnosis/Diagnosis.js";
import { CliError } from "./CliError.js";
import { whoCalls } from "./whoCalls.js";

/** As whom the evidence is read, where that is somebody else than the caller; empty where AWS does not tell. */
export async function evidenceReader(live: LiveOptions, region: string | undefined): Promise<EvidenceCall[]> {
  const credentials = live.evidence?.credentials;
  if (credentials === undefined) return [];
  try {
    const { principalArn } = await whoCalls("--evidence-profile", region, { ...live, credentials });
    return [{ call: "sts:GetCallerIdentity", status: "answered", detail: principalArn }];
  } catch (error) {
    if (error instanceof CliError) return [];
    throw error;
  }
}
