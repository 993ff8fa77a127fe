import { describeTables } from "../verdict/cases/describeTables.js";

describe("the rules of the diagnosis, case by case", () => {
  describeTables(`${import.meta.dirname}/tables`);
});
