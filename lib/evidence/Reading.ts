import type { AwsReader } from "../aws/awsReader.js";
import type { DiagnosticClients } from "../aws/diagnosticClients.js";

/** What every collector needs: whom to ask, and how. */
export interface Reading {
  clients: DiagnosticClients;
  reader: AwsReader;
}
