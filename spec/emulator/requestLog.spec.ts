import { IAMClient, SimulateCustomPolicyCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import { failureOf, served } from "./served.js";
import { accountId, allow, memberWorld } from "./worlds.js";

/** More than any of ten thousand entries may weigh, and what a body of 4 MiB would. */
const most = 80_000;
const weightOf = ({ requests, cloudTrail }: Emulator) =>
  Math.max(...[...requests, ...cloudTrail].map((one) => JSON.stringify(one).length));

describe("The request log and the trail", () => {
  const policy = JSON.stringify(allow("kms:Decrypt"));
  const simulated = (given: object) =>
    served({ world: memberWorld() }, async (emulator) => {
      const iam = new IAMClient({ ...emulator.clientConfig(`arn:aws:iam::${accountId}:user/alice`), maxAttempts: 1 });
      const input = { ActionNames: ["kms:Decrypt"], PolicyInputList: [policy], ...given };
      await iam.send(new SimulateCustomPolicyCommand(input)).catch(() => undefined);
      expect(weightOf(emulator)).to.be.below(most);
      return emulator.requests[0]?.input ?? {};
    });

  it("keep a policy of usual length as it was sent", async () => {
    expect(await simulated({})).to.deep.include({ PolicyInputList: [policy], ActionNames: ["kms:Decrypt"] });
  });

  it("tell a member of megabytes by its length", async () => {
    const PolicyInputList = [JSON.stringify(allow(`kms:${"x".repeat(1_000_000)}`))];
    const input = await simulated({ PolicyInputList });
    expect(input).to.deep.include({ ActionNames: ["kms:Decrypt"] });
    expect(input.PolicyInputList).to.match(/^\(100\d{4} letters, not kept\)$/);
  });

  it("tell a list of thousands by its length", async () => {
    const ContextEntries = Array.from({ length: 3_000 }, (_, index) => ({
      ContextKeyName: `aws:PrincipalTag/${index}`,
      ContextKeyType: "string" as const,
      ContextKeyValues: ["x".repeat(100)],
    }));
    expect((await simulated({ ContextEntries })).ContextEntries).to.match(/^\(\d{6} letters, not kept\)$/);
  });

  it("are not filled by thousands of members, nor by members' long names", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const kms = new KMSClient({ ...emulator.clientConfig(), maxAttempts: 1 });
      kms.middlewareStack.add(
        (next) => (args) => {
          const request = args.request as { body: string; headers: Record<string, string> };
          const more = Array.from({ length: 3_000 }, (_, index) => [`m${index}${"x".repeat(200)}`, "y".repeat(50)]);
          request.body = JSON.stringify(Object.fromEntries(more));
          request.headers["content-length"] = String(request.body.length);
          return next(args);
        },
        { step: "build", priority: "low" },
      );
      await failureOf(kms.send(new DescribeKeyCommand({ KeyId: "x" })));
      expect(weightOf(emulator)).to.be.below(most);
      expect(emulator.requests[0]?.input["..."]).to.match(/^\(\d{3,4} members, not kept\)$/);
    }));

  it("are not filled by names in decisions and resources", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const sts = new STSClient({ ...emulator.clientConfig(), maxAttempts: 1 });
      const RoleArn = `arn:aws:iam::${accountId}:role/${"x".repeat(1_000_000)}`;
      await failureOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "one" })));
      expect(weightOf(emulator)).to.be.below(most);
    }));
});
