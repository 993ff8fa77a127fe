export * from "../emulator/index.js";
export { worldFromSnapshot } from "./worldFromSnapshot.js";
