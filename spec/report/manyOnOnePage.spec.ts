import { expect } from "chai";
import { report } from "../../lib/report/index.js";
import { aDiagnosis } from "./aDiagnosis.js";

describe("A page of thousands", () => {
  const blocked = { ...aDiagnosis(), outcome: "blocked" as const };
  const allowed = { ...aDiagnosis(), outcome: "allowed" as const, blockers: [], blockingLayer: null };
  const pageOf = (count: number) => report([...Array.from({ length: count - 1 }, () => allowed), blocked], "html");

  it("has a row for each, and tells the first 500 in full, what failed first", () => {
    const page = pageOf(600);

    expect(page.match(/<tr data-status=/g)).to.have.length(600);
    expect(page.match(/href="#case-\d+"/g)).to.have.length(500);
    expect(page.match(/id="case-\d+"/g)).to.have.length(500);
    expect(page).to.match(/<tr data-status="failed">.*href="#case-1"/);
    expect(page).to.include("The first 500 are told in full on this page");
  });

  it("tells all of a few in full, and says nothing of it", () => {
    const page = pageOf(3);

    expect(page.match(/id="case-\d+"/g)).to.have.length(3);
    expect(page).to.not.include("are told in full");
  });
});
