import { expect } from "chai";
import { reportJson } from "../../lib/report/reportJson.js";
import { aDiagnosis } from "./aDiagnosis.js";

describe("A diagnosis as JSON", () => {
  it("is the diagnosis itself", () => {
    expect(JSON.parse(reportJson([aDiagnosis()]))).to.deep.equal(aDiagnosis());
  });

  it("lists several", () => {
    const allowed = aDiagnosis({ outcome: "allowed" });

    expect(JSON.parse(reportJson([aDiagnosis(), allowed]))).to.deep.equal({ diagnoses: [aDiagnosis(), allowed] });
  });

  it("lists none where there are none", () => {
    expect(JSON.parse(reportJson([]))).to.deep.equal({ diagnoses: [] });
  });

  it("ends with a newline", () => {
    expect(reportJson([aDiagnosis()])).to.match(/[^\n]\n$/);
  });
});
