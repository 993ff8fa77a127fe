import { ServiceError } from "../ServiceError.js";

/** How the simulator refuses what it cannot simulate. */
export function invalidInput(message: string): ServiceError {
  return new ServiceError("InvalidInput", message);
}
