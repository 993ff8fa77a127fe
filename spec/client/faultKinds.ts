import type { LoggedCall } from "../../lib/aws/LoggedCall.js";
import type { Fault } from "../../lib/emulator/index.js";

/** The services that evidence is read from. */
export type Service = "iam" | "sts" | "kms" | "organizations";

type Strike = { service: Service; operation: string };

const isQuery = (service: Service) => service === "iam" || service === "sts";

function answer({ service, operation }: Strike, body: { query: string; json: string }): Fault {
  const contentType = isQuery(service) ? "text/xml" : "application/x-amz-json-1.1";
  return {
    effect: "answer",
    service,
    operation,
    status: 200,
    contentType,
    body: isQuery(service) ? body.query : body.json,
  };
}

interface FaultKind {
  fault: (strike: Strike) => Fault;
  /** What the log says of the call, and in which words; null where it has none. */
  statuses: LoggedCall["status"][];
  detail: RegExp | null;
}

/** Each way in which a diagnostic call can go wrong. */
export const faultKinds: Readonly<Record<string, FaultKind>> = {
  "is throttled": {
    fault: (strike) => ({ effect: "throttle", ...strike }),
    statuses: ["failed"],
    detail: /^(Throttling|ThrottlingException|TooManyRequestsException): /,
  },
  "answers 500": {
    fault: (strike) => ({ effect: "error", code: "InternalFailure", status: 500, ...strike }),
    statuses: ["failed"],
    detail: /^InternalFailure/,
  },
  hangs: {
    fault: (strike) => ({ effect: "hang", ...strike }),
    statuses: ["failed"],
    detail: /^TimeoutError: not answered within 2000 ms/,
  },
  "breaks the connection": {
    fault: (strike) => ({ effect: "reset", ...strike }),
    statuses: ["failed"],
    detail: /socket hang up|ECONNRESET/,
  },
  "answers what nobody can read": {
    fault: (strike) => answer(strike, { query: "<Broken><", json: '{"Broken":' }),
    statuses: ["failed"],
    detail: /^(Error: @aws-sdk XML parse error: |SyntaxError: Unexpected end of JSON input)/,
  },
  // It was answered; that the answer holds nothing shows in the evidence.
  "answers a page that breaks off": {
    fault: (strike) =>
      answer(strike, {
        query: `<${strike.operation}Response><${strike.operation}Result><IsTruncated>true</IsTruncated></${strike.operation}Result></${strike.operation}Response>`,
        json: '{"Truncated":true}',
      }),
    statuses: ["answered", "failed"],
    detail: null,
  },
  "is refused": {
    fault: (strike) => ({
      effect: "error",
      code: isQuery(strike.service) ? "AccessDenied" : "AccessDeniedException",
      status: isQuery(strike.service) ? 403 : 400,
      ...strike,
    }),
    statuses: ["refused"],
    detail: /^AccessDenied/,
  },
};
