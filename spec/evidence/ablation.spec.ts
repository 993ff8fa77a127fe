import { expect } from "chai";
import type { ClientSettings } from "../../lib/aws/ClientSettings.js";
import type { Emulator, Fault } from "../../lib/emulator/index.js";
import { served } from "../emulator/served.js";
import { allow, allSeven, deny, memberWorld } from "../emulator/worlds.js";
import { collected, settings } from "./collected.js";

const refuse = (operation: string, service: "iam" | "organizations" = "iam"): Fault => ({
  effect: "error",
  service,
  operation,
  code: service === "iam" ? "AccessDenied" : "AccessDeniedException",
  status: service === "iam" ? 403 : 400,
});

const noIdentity = [refuse("ListAttachedRolePolicies"), refuse("ListRolePolicies")];

/** The exclusions that the simulator was asked with, beside the plain calls. */
function exclusionsAsked(emulator: Emulator): string[] {
  return emulator.requests.flatMap(({ operation, input }) => {
    const list = input.PolicyExclusionList;
    return operation === "SimulatePrincipalPolicy" && Array.isArray(list)
      ? [list.map(({ PolicyType }) => PolicyType).join("+")]
      : [];
  });
}

describe("Asking the simulator again", () => {
  it("is not done where everything was read, whatever is denied", () =>
    served({ world: memberWorld({ serviceControl: deny("backup:*"), boundary: allow("kms:*") }) }, async (emulator) => {
      await collected(emulator);
      expect(exclusionsAsked(emulator)).to.deep.equal([]);
    }));

  it("is not done where nothing is denied, whatever was not read", () =>
    served({ world: memberWorld(), faults: [...noIdentity, refuse("GetRole")] }, async (emulator) => {
      await collected(emulator);
      expect(exclusionsAsked(emulator)).to.deep.equal([]);
    }));

  it("leaves the service control policies out where their denial hides policies that could not be read", () =>
    served({ world: memberWorld({ serviceControl: deny("backup:*") }), faults: noIdentity }, async (emulator) => {
      const { simulation } = (await collected(emulator)).snapshot;
      expect(exclusionsAsked(emulator)).to.deep.equal(["scp"]);
      if (simulation.status !== "read") throw new Error("expected the simulation to be read");
      const last = simulation.value.at(-1);
      expect(last?.input).to.deep.include({ ActionNames: ["backup:CreateBackupVault"] });
      expect(last?.results).to.have.nested.property("[0].EvalDecision", "allowed");
    }));

  it("leaves the boundary out where its denial hides identity policies that could not be read", () =>
    served({ world: memberWorld({ boundary: allow("kms:*") }), faults: noIdentity }, async (emulator) => {
      await collected(emulator);
      expect(exclusionsAsked(emulator)).to.deep.equal(["permission-boundary", "permission-boundary"]);
    }));

  it("leaves both out, one after the other, where both hide the identity policies", () =>
    served(
      {
        world: memberWorld({ serviceControl: deny("backup:*"), boundary: allow("kms:*", "backup-storage:*") }),
        faults: noIdentity,
      },
      async (emulator) => {
        await collected(emulator);
        expect(exclusionsAsked(emulator)).to.deep.equal(["scp", "scp+permission-boundary"]);
      },
    ));

  it("does without where the endpoint does not know how", () =>
    served(
      { world: memberWorld({ serviceControl: deny("backup:*"), identity: allSeven }), faults: noIdentity },
      async (emulator) => {
        const own = emulator.requestHandler;
        const handler: NonNullable<ClientSettings["requestHandler"]> = {
          metadata: own.metadata,
          async handle(request, options) {
            if (!String(request.body).includes("PolicyExclusionList")) return own.handle(request, options);
            throw Object.assign(new Error("unknown parameter PolicyExclusionList"), { name: "ValidationError" });
          },
        };
        const caller = { ...settings(emulator), requestHandler: handler };
        const { snapshot, calls } = await collected(emulator, {
          options: { caller, evidence: { ...caller, credentials: emulator.auditor } },
        });
        const { simulation } = snapshot;
        expect(calls.filter(({ detail = "" }) => detail.startsWith("ValidationError"))).to.have.length(1);
        expect(simulation).to.have.property("status", "read");
      },
    ));
});
