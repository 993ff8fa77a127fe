import { expect } from "chai";
import { namesOf } from "../../lib/aws/namesOf.js";

describe("A package that is loaded when it is needed", () => {
  it("is read by its names, also where a bundler put all of them under default", () => {
    const STSClient = class {};

    expect(namesOf({ default: { STSClient } })).to.have.property("STSClient", STSClient);
    expect(namesOf({ STSClient, default: { STSClient: null } })).to.have.property("STSClient", STSClient);
    expect(namesOf({ STSClient })).to.have.property("STSClient", STSClient);
  });
});
