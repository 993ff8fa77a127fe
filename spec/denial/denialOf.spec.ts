import { expect } from "chai";
import { denialOf } from "../../lib/denial/denialOf.js";
import { isSeenDenial } from "../../lib/denial/isSeenDenial.js";

const error = (name: string, message: string, $metadata?: { httpStatusCode?: number; requestId?: string }) =>
  Object.assign(new Error(message), { name, ...($metadata && { $metadata }) });

describe("The denial in a snapshot", () => {
  it("keeps the error's name, message and request id, and nothing else", () => {
    const refusal = Object.assign(
      error("AccessDeniedException", "Insufficient privileges to perform this action.", {
        httpStatusCode: 403,
        requestId: "1b646fd7-af06-4104-9350-c9ed82086b7c",
      }),
      { $response: { headers: { authorization: "secret" } } },
    );

    expect(denialOf(refusal)).to.deep.equal({
      name: "AccessDeniedException",
      message: "Insufficient privileges to perform this action.",
      requestId: "1b646fd7-af06-4104-9350-c9ed82086b7c",
    });
  });

  it("has no request id where the error has none", () => {
    expect(denialOf(error("AccessDenied", "no"))).to.deep.equal({ name: "AccessDenied", message: "no" });
    expect(denialOf(error("AccessDenied", "no", { httpStatusCode: 403 }))).to.not.have.property("requestId");
  });

  it("tells the status of a 403 without a type, so that it still counts as seen", () => {
    const denial = denialOf(error("Unknown", "UnknownError", { httpStatusCode: 403 }));

    expect(denial).to.deep.equal({ name: "Unknown", message: "UnknownError (403)" });
    expect(isSeenDenial(denial)).to.equal(true);
  });

  it("tells the status once", () => {
    expect(denialOf(error("Unknown", "403 Forbidden", { httpStatusCode: 403 })).message).to.equal("403 Forbidden");
  });

  it("adds no status to an error that has a type or another status", () => {
    expect(denialOf(error("AccessDeniedException", "", { httpStatusCode: 403 })).message).to.equal("");
    expect(denialOf(error("Unknown", "UnknownError", { httpStatusCode: 500 })).message).to.equal("UnknownError");
    expect(denialOf(error("Unknown", "UnknownError")).message).to.equal("UnknownError");
  });

  it("leaves the error as it is", () => {
    const frozen = Object.freeze(error("Unknown", "UnknownError", { httpStatusCode: 403 }));

    expect(denialOf(frozen).message).to.equal("UnknownError (403)");
    expect(frozen.message).to.equal("UnknownError");
  });
});
