import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { DeserializeHandler } from "@smithy/types";
import { expect } from "chai";
import { boundedBody, longestAnswer, longestText, mostMarks, mostTags } from "../../lib/aws/boundedBody.js";

const chunk = Buffer.alloc(1_000_000, 120);

/** A body of so many megabytes, and how many of them were read. */
function stream(megabytes: number) {
  let read = 0;
  const chunks = function* () {
    for (; read < megabytes; read += 1) yield chunk;
  };
  return { body: Readable.from(chunks(), { highWaterMark: 1 }), read: () => read };
}

async function passed(body: unknown, isXml = false): Promise<unknown> {
  const next = (async () => ({ output: {}, response: { body } })) as unknown as DeserializeHandler<object, object>;
  const { response } = await boundedBody(isXml)(next)({ input: {}, request: {} });
  return (response as { body: unknown }).body;
}

async function failure(read: Promise<unknown>): Promise<Error> {
  return read.then(
    () => new Error("it was read"),
    (error: Error) => error,
  );
}

describe("A diagnostic answer", () => {
  it("is read as it came up to its bound", async () => {
    expect((await text((await passed(stream(8).body)) as Readable)).length).to.equal(longestAnswer);
    expect(await passed("short")).to.equal("short");
    expect(await passed(undefined)).to.equal(undefined);
  });

  it("is broken off above it, and its connection is left", async () => {
    const { body, read } = stream(1000);

    const error = await failure(text((await passed(body)) as Readable));

    expect(error).to.include({ name: "MalformedResponse" });
    expect(error.message).to.contain("8000000 bytes");
    expect(read()).to.be.at.most(12);
    expect(body.destroyed).to.equal(true);
  });

  it("is broken off also where it comes as a web stream, or at once", async () => {
    const web = Readable.toWeb(stream(1000).body);

    expect(await failure(text((await passed(web)) as ReadableStream))).to.include({ name: "MalformedResponse" });
    expect(await failure(passed(new Uint8Array(longestAnswer + 1)))).to.include({ name: "MalformedResponse" });
  });

  it("in JSON is broken off where its values would hold the process up for seconds", async () => {
    const most = `[${"{},".repeat(mostMarks / 2 - 1)}1]`;

    expect(await text((await passed(Readable.from([Buffer.from(most)]))) as Readable)).to.equal(most);
    for (const beyond of [`[${"{},".repeat(mostMarks / 2)}1]`, "[".repeat(mostMarks + 1), "[,".repeat(mostMarks)]) {
      const chunks = beyond.match(/.{1,10000}/gs)?.map((part) => Buffer.from(part)) ?? [];
      const error = await failure(text((await passed(Readable.from(chunks))) as Readable));
      expect(error).to.include({ name: "MalformedResponse" });
    }
  });

  const longest = "x".repeat(longestText - "<A>".length);
  for (const [what, whole, beyond] of [
    ["a text", `<A>${longest}</A>`, `<A>${longest}x</A>`],
    ["a text that nothing ends", `<A>${longest}`, `<A>${longest}x`],
    ["tags", "<b/>".repeat(mostTags), "<b/>".repeat(mostTags + 1)],
  ] as const) {
    it(`in XML is broken off where ${what} would hold the process up for seconds`, async () => {
      const inChunks = (body: string) =>
        Readable.from(body.match(/.{1,10000}/gs)?.map((part) => Buffer.from(part)) ?? []);

      expect(await text((await passed(inChunks(whole), true)) as Readable)).to.equal(whole);
      expect(await failure(text((await passed(inChunks(beyond), true)) as Readable))).to.include({
        name: "MalformedResponse",
      });
      expect(await text((await passed(inChunks(beyond), false)) as Readable)).to.equal(beyond);
    });
  }
});
