import { expect } from "chai";
import { type Emulator, startEmulator, type World } from "../../lib/emulator/index.js";
import { signed } from "./signed.js";
import { accountId, allow, deny, memberWorld } from "./worlds.js";

/*
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html, and the wire as
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html describes it. The AWS CLI is asked in
 * spec/fix/fixes.journey.ts.
 */

const id = "vpce-0aaa";
const endpointPolicy = (effect: "Allow" | "Deny") => ({
  Version: "2012-10-17" as const,
  Statement: [{ Effect: effect, Principal: "*" as const, Action: "*", Resource: "*" }],
});

const worldWith = (identity = allow("ec2:*")): World => ({
  ...memberWorld({ identity }),
  vpcEndpoints: [{ id, document: endpointPolicy("Deny") }],
});

async function modify(emulator: Emulator, fields: Record<string, string>): Promise<{ status: number; body: string }> {
  const { url } = emulator;
  const body = new URLSearchParams({ Action: "ModifyVpcEndpoint", Version: "2016-11-15", ...fields }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const plain = { method: "POST", path: "/", service: "ec2", headers, body };
  const { host } = new URL(url);
  const { credentials, region } = emulator.clientConfig();
  const answer = await fetch(url, { method: "POST", headers: signed(plain, host, credentials, region), body });
  return { status: answer.status, body: await answer.text() };
}

async function withEmulator(world: World, work: (emulator: Emulator) => Promise<void>): Promise<void> {
  const emulator = await startEmulator({ world });
  try {
    await work(emulator);
  } finally {
    await emulator.stop();
  }
}

describe("ModifyVpcEndpoint in the emulator", () => {
  it("puts another policy in the place of the endpoint's", () =>
    withEmulator(worldWith(), async (emulator) => {
      const document = JSON.stringify(endpointPolicy("Allow"));

      const { status, body } = await modify(emulator, { VpcEndpointId: id, PolicyDocument: document });

      expect(status).to.equal(200);
      expect(body).to.match(
        /^<ModifyVpcEndpointResponse xmlns="http:\/\/ec2\.amazonaws\.com\/doc\/2016-11-15\/"><requestId>[^<]+<\/requestId><return>true<\/return><\/ModifyVpcEndpointResponse>$/,
      );
      expect(emulator.world.vpcEndpoints[0]?.document).to.equal(document);
    }));

  it("gives full access back where the policy is reset", () =>
    withEmulator(worldWith(), async (emulator) => {
      await modify(emulator, { VpcEndpointId: id, ResetPolicy: "true" });

      expect(emulator.world.vpcEndpoints[0]?.document).to.deep.equal({
        ...endpointPolicy("Allow"),
        Version: "2008-10-17",
      });
    }));

  const refusals: { why: string; fields: Record<string, string>; world?: World; status: number; code: string }[] = [
    { why: "without an endpoint", fields: {}, status: 400, code: "MissingParameter" },
    {
      why: "an endpoint that there is not",
      fields: { VpcEndpointId: "vpce-1" },
      status: 400,
      code: "InvalidVpcEndpointId.NotFound",
    },
    {
      why: "another account's endpoint",
      fields: { VpcEndpointId: id, PolicyDocument: JSON.stringify(endpointPolicy("Allow")) },
      world: { ...worldWith(), vpcEndpoints: [{ id, accountId: "999988887777", document: endpointPolicy("Deny") }] },
      status: 400,
      code: "InvalidVpcEndpointId.NotFound",
    },
    {
      why: "what is no policy",
      fields: { VpcEndpointId: id, PolicyDocument: "{}" },
      status: 400,
      code: "InvalidPolicyDocument",
    },
    {
      why: "who may not",
      fields: { VpcEndpointId: id, PolicyDocument: JSON.stringify(endpointPolicy("Allow")) },
      world: worldWith(deny("ec2:*")),
      status: 403,
      code: "UnauthorizedOperation",
    },
  ];
  for (const { why, fields, world = worldWith(), status, code } of refusals) {
    it(`refuses ${why}, and changes nothing`, () =>
      withEmulator(world, async (emulator) => {
        const answer = await modify(emulator, fields);

        expect(answer.status).to.equal(status);
        expect(answer.body).to.contain(`<Response><Errors><Error><Code>${code}</Code><Message>`);
        if (code === "UnauthorizedOperation") {
          expect(answer.body).to.contain(
            `ec2:ModifyVpcEndpoint on resource: arn:aws:ec2:us-west-2:${accountId}:vpc-endpoint/${id}`,
          );
        }
        expect(emulator.world.vpcEndpoints[0]?.document).to.deep.equal(endpointPolicy("Deny"));
      }));
  }
});
