import { expect } from "chai";
import { checkOptions } from "../../lib/options/checkOptions.js";
import { InvalidRequestError } from "../../lib/options/InvalidRequestError.js";

function refusal(options: unknown): InvalidRequestError {
  try {
    checkOptions(options, "live");
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error("The options were accepted, but were expected to be refused.");
}

describe("Options", () => {
  const good: { what: string; options: unknown }[] = [
    { what: "none", options: undefined },
    { what: "an empty object", options: {} },
    { what: "options that are left undefined", options: { deadline: undefined, evidence: { region: undefined } } },
    { what: "a deadline in milliseconds", options: { deadline: 3000 } },
    { what: "a deadline that has passed, as at the end of a Lambda function", options: { deadline: -20 } },
    { what: "a deadline as a Date", options: { deadline: new Date() } },
    { what: "a provider of credentials", options: { evidence: { credentials: async () => ({}) } } },
    { what: "credentials", options: { evidence: { credentials: { accessKeyId: "A", secretAccessKey: "S" } } } },
    { what: "an endpoint", options: { evidence: { endpoints: { iam: "http://127.0.0.1:4566" } } } },
    {
      what: "every state of a condition key",
      options: { context: { a: "b", c: ["d"], e: null, f: { present: true } } },
    },
    { what: "a dry run", options: { probe: "dry-run" } },
    { what: "an abort signal", options: { abortSignal: new AbortController().signal } },
  ];
  for (const { what, options } of good) {
    it(`may be ${what}`, () => {
      expect(() => checkOptions(options, "live")).to.not.throw();
    });
  }

  const bad: { what: string; options: unknown; message: string }[] = [
    { what: "no object", options: "fast", message: "options: expected an object of options, found a string" },
    { what: "null", options: null, message: "options: expected an object of options, found null" },
    {
      what: "a misspelt option",
      options: { onDiagnosys: 1 },
      message: "options.onDiagnosys: is not known; did you mean onDiagnosis?",
    },
    {
      what: "a misspelt option within another",
      options: { evidence: { credential: {} } },
      message: "options.evidence.credential: is not known; did you mean credentials?",
    },
    {
      what: "an option like no other",
      options: { evidence: { endpoints: { dynamodb: "http://localhost" } } },
      message:
        "options.evidence.endpoints.dynamodb: is not known; expected one of iam, sts, kms, organizations, cloudtrail",
    },
    {
      what: "a name that every object has",
      options: { constructor: 1 },
      message:
        "options.constructor: is not known; expected one of evidence, deadline, context, onDiagnosis, onFailure, share, probe, client, credentials, proveFixes, abortSignal",
    },
    {
      what: "a deadline that is no number",
      options: { deadline: Number.NaN },
      message: "options.deadline: expected milliseconds or a Date, found NaN",
    },
    {
      what: "an invalid Date",
      options: { deadline: new Date("soon") },
      message: "options.deadline: expected milliseconds or a Date, found an invalid Date",
    },
    {
      what: "an endpoint without its scheme",
      options: { evidence: { endpoints: { kms: "localhost:4566" } } },
      message: "options.evidence.endpoints.kms: expected a URL as https://host:port, found a string",
    },
    {
      what: "a condition key's value that is a number",
      options: { context: { "aws:EpochTime": 1 } },
      message:
        'options.context["aws:EpochTime"]: expected a string, an array of strings, null (absent) or { present: true }, found 1',
    },
    {
      what: "a wait for CloudTrail that is a text",
      options: { evidence: { cloudTrail: { wait: "5 minutes" } } },
      message: "options.evidence.cloudTrail.wait: expected a number of milliseconds, found a string",
    },
    {
      what: "a signal of the SDK's older kind, which tells one listener alone",
      options: { abortSignal: { aborted: false, onabort: null } },
      message: "options.abortSignal: expected an AbortSignal, found an object",
    },
    {
      what: "a probe that changes things",
      options: { probe: "create" },
      message: 'options.probe: expected "dry-run", found a string',
    },
  ];
  for (const { what, options, message } of bad) {
    it(`may not be ${what}`, () => {
      expect(refusal(options).message).to.equal(message);
    });
  }

  it("are refused without showing what may be a secret", () => {
    const { message } = refusal({ evidence: { credentials: "wJalrXUtnFEMI/K7MDENG" } });

    expect(message).to.not.contain("wJalrXUtnFEMI");
    expect(message).to.contain("accessKeyId and secretAccessKey");
  });
});
