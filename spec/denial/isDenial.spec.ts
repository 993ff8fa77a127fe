import { expect } from "chai";
import { isDenial } from "../../lib/denial/isDenial.js";

const refusal = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error("no"), { name, $fault: "client", $metadata: { httpStatusCode } });

describe("An error", () => {
  for (const name of ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized"]) {
    it(`named ${name} is a denial, whatever its status`, () => {
      for (const status of [403, 400, undefined]) expect(isDenial(refusal(name, status))).to.equal(true);
    });
  }

  it("without a type is a denial where its status is 403", () => {
    expect(isDenial(refusal("Unknown", 403))).to.equal(true);
    for (const status of [400, 401, 500, undefined]) expect(isDenial(refusal("Unknown", status))).to.equal(false);
    expect(isDenial(Object.assign(new Error("403"), { name: "Unknown" }))).to.equal(false);
  });

  it("that a proxy's HTML 403 became is none", () => {
    const html = Object.assign(new SyntaxError("Unexpected token '<', \"<html>403 Forbidden\"... is not valid JSON"), {
      $metadata: { httpStatusCode: 403 },
    });

    expect(isDenial(html)).to.equal(false);
  });

  for (const name of [
    "ExpiredTokenException",
    "UnrecognizedClientException",
    "OptInRequired",
    "ThrottlingException",
    "AlreadyExistsException",
    "Error",
  ]) {
    it(`named ${name} is none, even with the status 403`, () => {
      expect(isDenial(refusal(name, 403))).to.equal(false);
    });
  }

  it("is recognised by its shape, of whichever class it is", () => {
    class AnotherCopysException extends Error {
      override readonly name = "AccessDeniedException";
    }

    expect(isDenial(new AnotherCopysException("no"))).to.equal(true);
    expect(isDenial({ name: "AccessDeniedException", message: "" })).to.equal(true);
    expect(isDenial(Object.assign(Object.create(null), { name: "AccessDenied", message: "" }))).to.equal(true);
  });

  it("is looked at and left as it is", () => {
    const frozen = Object.freeze(refusal("AccessDeniedException", 403));

    expect(isDenial(frozen)).to.equal(true);
    expect(isDenial(new Proxy(frozen, {}))).to.equal(true);
  });

  it("of an odd shape is none", () => {
    for (const odd of [
      null,
      undefined,
      "AccessDenied",
      403,
      true,
      Symbol("AccessDenied"),
      () => "AccessDenied",
      {},
      [],
      { name: "AccessDenied" },
      { message: "Access Denied" },
      { name: ["AccessDenied"], message: "" },
      { name: "AccessDenied", message: 403 },
      { name: "AccessDenied", message: null },
      { code: "AccessDenied", message: "" },
      { name: "Unknown", message: "", $metadata: null },
      { name: "Unknown", message: "", $metadata: "403" },
      { name: "Unknown", message: "", $metadata: { httpStatusCode: "403" } },
    ]) {
      expect(isDenial(odd)).to.equal(false);
    }
  });
});
