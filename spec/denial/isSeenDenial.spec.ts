import { expect } from "chai";
import { isSeenDenial } from "../../lib/denial/isSeenDenial.js";

describe("A denial in a snapshot", () => {
  for (const name of ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized"]) {
    it(`counts as seen by the name ${name}, whatever its text`, () => {
      expect(isSeenDenial({ name, message: "" })).to.equal(true);
      expect(isSeenDenial({ name, message: "something else" })).to.equal(true);
    });
  }

  for (const message of [
    "UnknownError (403)",
    "403 Forbidden",
    "Forbidden",
    "FORBIDDEN",
    "Access Denied",
    "AccessDenied",
    "Access is denied.",
    "User: x is not authorized to perform: backup:CreateBackupVault",
    "Insufficient privileges to perform this action.",
  ]) {
    it(`without a type counts as seen by a 403's text: ${message}`, () => {
      expect(isSeenDenial({ name: "Unknown", message })).to.equal(true);
    });
  }

  for (const message of ["", "UnknownError", "Internal failure", "request 14039 failed", "Rate exceeded"]) {
    it(`without a type is none by another text: "${message}"`, () => {
      expect(isSeenDenial({ name: "Unknown", message })).to.equal(false);
    });
  }

  for (const name of [
    "",
    "accessdenied",
    "AccessDeniedException ",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "MissingAuthenticationToken",
    "OptInRequired",
    "RequestExpired",
    "ThrottlingException",
    "TooManyRequestsException",
    "AlreadyExistsException",
    "InvalidParameterValueException",
    "LimitExceededException",
    "ServiceUnavailableException",
    "SyntaxError",
    "TimeoutError",
    "Error",
  ]) {
    it(`under the name "${name}" is none, even with a 403's text`, () => {
      expect(isSeenDenial({ name, message: "403 Forbidden: Access Denied" })).to.equal(false);
    });
  }

  it("is looked for in the first 20,000 characters of a text", () => {
    expect(isSeenDenial({ name: "Unknown", message: `${" ".repeat(19_000)}403` })).to.equal(true);
    expect(isSeenDenial({ name: "Unknown", message: `${" ".repeat(1_000_000)}403` })).to.equal(false);
  });
});
