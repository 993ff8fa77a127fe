import { describeTables } from "./cases/describeTables.js";

describe("the eight layers, case by case", () => {
  describeTables(`${import.meta.dirname}/tables`);
});
