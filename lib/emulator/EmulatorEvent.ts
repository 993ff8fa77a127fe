import type { RequestLogEntry } from "./RequestLogEntry.js";

/** What happens in an emulator's life. */
export type EmulatorEvent =
  | { type: "requestReceived"; request: Readonly<RequestLogEntry> }
  | { type: "requestAnswered"; request: Readonly<RequestLogEntry> }
  /** A fault hangs it or breaks its connection. */
  | { type: "requestDropped"; request: Readonly<RequestLogEntry> }
  | { type: "reset" }
  | { type: "stopped" };
