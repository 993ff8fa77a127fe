import { expect } from "chai";
import type { ServiceName } from "../../lib/emulator/Call.js";
import { operations } from "../../lib/emulator/operations.js";
import { signIn } from "../../lib/emulator/signIn.js";
import type { PolicyDocument } from "../../lib/policy/PolicyDocument.js";
import { wholeCall } from "./askedActions.js";
import { accountId, managementId } from "./worlds.js";

/*
 * That aws:TagKeys is there also where tags are taken away: the Service Authorization Reference has it with every one of
 * these actions.
 */
const sessionPolicy: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "*", Resource: "*" },
    {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": ["protected", "__proto__"] } },
    },
  ],
};

function tried(service: ServiceName, operation: string, input: object): void {
  const whole = wholeCall(service, operation);
  const role =
    service === "organizations"
      ? `arn:aws:iam::${managementId}:role/Admin`
      : `arn:aws:iam::${accountId}:role/team/Deployer`;
  const session = signIn(whole.state.world, role, { sessionPolicies: [sessionPolicy] });
  operations[service][operation]?.({ ...whole, session, input: { ...whole.input, ...input } });
}

describe("aws:TagKeys", () => {
  const untagging: [ServiceName, string, member?: string][] = [
    ["iam", "UntagRole"],
    ["iam", "UntagUser"],
    ["iam", "UntagPolicy"],
    ["iam", "UntagOpenIDConnectProvider"],
    ["kms", "UntagResource"],
    ["organizations", "UntagResource"],
    ["backup", "UntagResource", "TagKeyList"],
  ];
  for (const [service, operation, member = "TagKeys"] of untagging) {
    it(`keeps a protected tag where ${service}:${operation} would take it away`, () => {
      expect(() => tried(service, operation, { [member]: ["free"] })).not.to.throw(/deny/);
      expect(() => tried(service, operation, { [member]: ["free", "protected"] })).to.throw(/explicit deny/);
    });
  }

  const tagging: [ServiceName, string, tags: unknown][] = [
    ["iam", "TagPolicy", [{ Key: "__proto__", Value: "1" }]],
    ["kms", "TagResource", [{ TagKey: "__proto__", TagValue: "1" }]],
    ["organizations", "TagResource", [{ Key: "__proto__", Value: "1" }]],
    ["backup", "TagResource", JSON.parse('{"__proto__": "1"}')],
  ];
  for (const [service, operation, Tags] of tagging) {
    it(`holds a tag whose key is __proto__ in ${service}:${operation}`, () => {
      expect(() => tried(service, operation, { Tags })).to.throw(/explicit deny/);
    });
  }
});
