export type { Emulator, EmulatorClientConfig, EmulatorCredentials, EmulatorOptions } from "./Emulator.js";
export type { EmulatorEvent } from "./EmulatorEvent.js";
export type { Fault } from "./Fault.js";
export type { LoggedDecision } from "./LoggedDecision.js";
export { parseWorld } from "./parseWorld.js";
export type { RequestLogEntry } from "./RequestLogEntry.js";
export { startEmulator } from "./startEmulator.js";
export type { TrailRecord } from "./trail/TrailRecord.js";
export type {
  SessionOptions,
  World,
  WorldAccessKey,
  WorldAccount,
  WorldCaller,
  WorldDocument,
  WorldGrant,
  WorldGroup,
  WorldInlinePolicy,
  WorldInput,
  WorldKey,
  WorldManagedPolicy,
  WorldOrganization,
  WorldOrganizationPolicy,
  WorldPolicyHolder,
  WorldPrincipal,
  WorldRefusedRead,
  WorldRole,
  WorldTarget,
  WorldUser,
  WorldVault,
  WorldVpcEndpoint,
} from "./World.js";
export { WorldFormatError } from "./WorldFormatError.js";
export { account, defaultKeyPolicy, group, key, organization, role, target, user, world } from "./worldParts.js";
export { worldSchema } from "./worldSchema.js";
