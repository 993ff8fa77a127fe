import type { ServiceName } from "./Call.js";
import type { Fault } from "./Fault.js";
import { ServiceError } from "./ServiceError.js";

/** The faults in force, which of them strike a request, and how often they have. */
export interface Faults {
  add: (fault: Fault) => void;
  clear: () => void;
  /** Those that strike this request, in the order in which they were added. */
  striking: (service: ServiceName | null, operation: string) => Fault[];
}

/** @param random from 0 to below 1, so that tests can decide what chance decides */
export function newFaults(initial: readonly Fault[], random: () => number): Faults {
  let active = initial.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  return {
    add: (fault) => {
      active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      active = [];
    },
    striking: (service, operation) => {
      const struck: Fault[] = [];
      for (const one of active) {
        const { fault } = one;
        if (one.left <= 0) continue;
        if (fault.service !== undefined && fault.service !== service) continue;
        if (fault.operation !== undefined && fault.operation !== operation) continue;
        if (fault.probability !== undefined && random() >= fault.probability) continue;
        one.left -= 1;
        struck.push(fault);
      }
      return struck;
    },
  };
}

/** How each service says that it is called too often. */
export function throttling(service: ServiceName): ServiceError {
  switch (service) {
    case "iam":
    case "sts":
      return new ServiceError("Throttling", "Rate exceeded", 400);
    case "kms":
      return new ServiceError(
        "ThrottlingException",
        "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
        400,
      );
    case "organizations":
      return new ServiceError(
        "TooManyRequestsException",
        "AWS Organizations can't complete your request because another request is already in progress. Try again later.",
        400,
        { Type: "REQUESTS" },
      );
    case "ec2":
      return new ServiceError("RequestLimitExceeded", "Request limit exceeded.", 503);
    case "backup":
    case "cloudtrail":
      return new ServiceError("ThrottlingException", "Rate exceeded", 400);
  }
}
