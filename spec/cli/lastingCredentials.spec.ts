import { expect } from "chai";
import { lastingCredentials } from "../../lib/cli/lastingCredentials.js";

const lasting = (minutes: number) => {
  let asked = 0;
  const provide = lastingCredentials(async () => {
    asked += 1;
    return {
      accessKeyId: `ASIA${asked}`,
      secretAccessKey: "secret",
      expiration: new Date(Date.now() + minutes * 60_000),
    };
  });
  return { provide, asked: () => asked };
};

describe("A role's credentials on the command line", () => {
  it("are taken once, however many clients ask, also side by side", async () => {
    const { provide, asked } = lasting(60);

    const side = await Promise.all([provide(), provide(), provide()]);
    const later = await provide();

    expect([...side, later].map(({ accessKeyId }) => accessKeyId)).to.deep.equal(Array(4).fill("ASIA1"));
    expect(asked()).to.equal(1);
  });

  it("are taken again before they expire", async () => {
    const { provide } = lasting(4);

    expect([(await provide()).accessKeyId, (await provide()).accessKeyId]).to.deep.equal(["ASIA1", "ASIA2"]);
  });

  it("are taken again after a failure, which is told", async () => {
    let asked = 0;
    const provide = lastingCredentials(async () => {
      asked += 1;
      if (asked === 1) throw new Error("throttled");
      return { accessKeyId: "ASIA2", secretAccessKey: "secret" };
    });

    expect(await provide().catch(({ message }: Error) => message)).to.equal("throttled");
    expect(await provide()).to.deep.include({ accessKeyId: "ASIA2" });
  });
});
