import { expect } from "chai";
import type { Emulator, Fault } from "../../lib/emulator/index.js";
import { diagnose } from "../../lib/fix/diagnose.js";
import { parseSnapshot } from "../../lib/snapshot/parseSnapshot.js";
import { served } from "../emulator/served.js";
import { allow, deny, memberWorld } from "../emulator/worlds.js";
import { collected } from "./collected.js";

type Service = "iam" | "sts" | "kms" | "organizations";

/** Every diagnostic call of a role in an organization, with its boundary and an attached policy. */
const diagnosticCalls: [Service, string][] = [
  ["sts", "GetCallerIdentity"],
  ["iam", "GetRole"],
  ["iam", "ListAttachedRolePolicies"],
  ["iam", "ListRolePolicies"],
  ["iam", "GetRolePolicy"],
  ["iam", "GetPolicy"],
  ["iam", "GetPolicyVersion"],
  ["iam", "SimulatePrincipalPolicy"],
  ["kms", "DescribeKey"],
  ["kms", "GetKeyPolicy"],
  ["kms", "ListGrants"],
  ["kms", "ListAliases"],
  ["kms", "ListResourceTags"],
  ["organizations", "DescribeOrganization"],
  ["organizations", "DescribeAccount"],
  ["organizations", "ListRoots"],
  ["organizations", "ListPoliciesForTarget"],
  ["organizations", "DescribePolicy"],
];

const isQuery = (service: Service) => service === "iam" || service === "sts";

/** What the protocol calls an answer that breaks off in the middle. */
function truncated(service: Service, operation: string): string {
  if (!isQuery(service)) return '{"Truncated":true}';
  return `<${operation}Response><${operation}Result><IsTruncated>true</IsTruncated></${operation}Result></${operation}Response>`;
}

const faults: Record<string, (service: Service, operation: string) => Fault> = {
  "is throttled": (service, operation) => ({ effect: "throttle", service, operation }),
  "answers 500": (service, operation) => ({
    effect: "error",
    service,
    operation,
    code: "InternalFailure",
    status: 500,
  }),
  "breaks the connection": (service, operation) => ({ effect: "reset", service, operation }),
  "answers what nobody can read": (service, operation) => ({
    effect: "answer",
    service,
    operation,
    status: 200,
    contentType: isQuery(service) ? "text/xml" : "application/x-amz-json-1.1",
    body: isQuery(service) ? "<Broken><" : '{"Broken":',
  }),
  "answers a page that breaks off": (service, operation) => ({
    effect: "answer",
    service,
    operation,
    status: 200,
    contentType: isQuery(service) ? "text/xml" : "application/x-amz-json-1.1",
    body: truncated(service, operation),
  }),
  "is refused": (service, operation) => ({
    effect: "error",
    service,
    operation,
    code: isQuery(service) ? "AccessDenied" : "AccessDeniedException",
    status: isQuery(service) ? 403 : 400,
  }),
};

const faultyWorld = () =>
  memberWorld({
    boundary: allow("*"),
    serviceControl: deny("ec2:*"),
    role: { attachedPolicies: ["arn:aws:iam::aws:policy/AWSBackupFullAccess"] },
  });

/** Everything but the faulty call and what hangs on it is still asked. */
function operationsOf(emulator: Emulator): Set<string> {
  return new Set(emulator.requests.map(({ operation }) => operation));
}

describe("The fault matrix", () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  before(() => process.on("unhandledRejection", note));
  after(() => process.off("unhandledRejection", note));

  for (const [service, operation] of diagnosticCalls) {
    for (const [name, fault] of Object.entries(faults)) {
      it(`${service}:${operation} ${name}, and the evidence comes all the same`, () =>
        served({ world: faultyWorld(), faults: [fault(service, operation)] }, async (emulator) => {
          const { snapshot, calls } = await collected(emulator);
          expect(diagnose(parseSnapshot(JSON.stringify(snapshot))).blockers).to.deep.equal([]);
          const asked = operationsOf(emulator);
          expect([...asked]).to.include.members([operation, "DescribeKey", "GetKeyPolicy", "DescribeOrganization"]);
          if (service !== "sts") expect([...asked]).to.include.members(["GetRole", "DescribeAccount"]);
          expect(calls.some(({ status }) => status === "answered")).to.equal(true);
          expect(unhandled).to.deep.equal([]);
        }));
    }

    it(`${service}:${operation} hangs, and the evidence comes when the signal aborts`, () =>
      served({ world: faultyWorld(), faults: [{ effect: "hang", service, operation }] }, async (emulator) => {
        const giveUp = new AbortController();
        // The rest is answered first: the abort comes once nothing but what hangs is under way.
        const quiet = whenOnlyHanging(emulator, operation);
        const collecting = collected(emulator, { options: { signal: giveUp.signal } });
        await quiet;
        giveUp.abort();
        const { snapshot, calls } = await collecting;
        expect(diagnose(parseSnapshot(JSON.stringify(snapshot))).blockers).to.deep.equal([]);
        const ofCall = calls.filter(({ call }) => call === `${service}:${operation}`);
        expect(ofCall.some(({ status }) => status === "skipped")).to.equal(true);
        expect(unhandled).to.deep.equal([]);
      }));
  }
});

function whenOnlyHanging(emulator: Emulator, operation: string): Promise<void> {
  return new Promise((resolve) => {
    emulator.subscribe(() => {
      const open = emulator.requests.filter(({ status }) => status === null);
      if (open.length > 0 && open.every((entry) => entry.operation === operation)) resolve();
    });
  });
}
