import type { Operation } from "../Call.js";
import { ServiceError } from "../ServiceError.js";

export const simulatePrincipalPolicy: Operation = () => {
  throw new ServiceError("ServiceFailure", "SimulatePrincipalPolicy is under construction in the emulator.", 500);
};
