import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import fc from "fast-check";
import { type Emulator, startEmulator } from "../../lib/emulator/index.js";
import { served } from "./served.js";
import { type PlainRequest, signed } from "./signed.js";
import { accountId, keyArn, memberWorld } from "./worlds.js";

/*
 * What anybody can send to a port on loopback, a web page included: the emulator answers each with a 4xx of its service.
 */

const services = ["backup", "iam", "sts", "kms", "organizations", "cloudtrail", "ec2"] as const;
type Service = (typeof services)[number];

const targets: Partial<Record<Service, string>> = {
  kms: "TrentService",
  organizations: "AWSOrganizationsV20161128",
  cloudtrail: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
};
const versions: Partial<Record<Service, string>> = { iam: "2010-05-08", sts: "2011-06-15", ec2: "2016-11-15" };
const operations: Record<Service, string[]> = {
  backup: [
    "/backup-vaults/prod-vault",
    "/backup-vaults",
    "/tags/x",
    "/untag/x",
    "/nothing",
    "/%",
    "/backup-vaults/%zz",
    "/backup-vaults/prod-vault/access-policy",
    "/backup-vaults/prod-vault/vault-lock",
    "/backup-vaults/prod-vault/recovery-points",
    "/backup-vaults/prod-vault/recovery-points/x",
  ],
  iam: [
    "GetRole",
    "SimulatePrincipalPolicy",
    "CreatePolicy",
    "PutRolePolicy",
    "ListRoles",
    "TagRole",
    "__proto__",
    "CreateRole",
    "UpdateRoleDescription",
    "CreateServiceLinkedRole",
    "DeleteServiceLinkedRole",
    "GetServiceLinkedRoleDeletionStatus",
    "ListEntitiesForPolicy",
    "CreateOpenIDConnectProvider",
    "GetOpenIDConnectProvider",
  ],
  sts: [
    "AssumeRole",
    "GetCallerIdentity",
    "GetFederationToken",
    "GetSessionToken",
    "constructor",
    "AssumeRoleWithWebIdentity",
  ],
  kms: [
    "CreateGrant",
    "Decrypt",
    "Encrypt",
    "PutKeyPolicy",
    "CreateKey",
    "RetireGrant",
    "TagResource",
    "ListGrants",
    "UpdateKeyDescription",
    "CreateAlias",
  ],
  organizations: ["ListPolicies", "CreatePolicy", "AttachPolicy", "MoveAccount", "ListParents", "DescribeAccount"],
  cloudtrail: ["LookupEvents", "toString"],
  ec2: ["ModifyVpcEndpoint", "valueOf"],
};

/** What no operation takes, and what each takes in a place where it does not belong. */
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>("", "x".repeat(5000), "%", "\u0000", "\ud800", null, true, -1, 1e308, [], {}, [[]], [null]),
  fc.constantFrom<unknown>(keyArn, "arn:aws:iam::444455556666:role/", "arn:", "alias/", "-", "{", '{"Statement":[{}]}'),
  fc.jsonValue({ maxDepth: 4 }),
);
const member = fc.constantFrom(
  "KeyId",
  "GranteePrincipal",
  "Operations",
  "Policy",
  "PolicyDocument",
  "Tags",
  "BackupVaultTags",
  "EncryptionContext",
  "CiphertextBlob",
  "Plaintext",
  "Constraints",
  "LookupAttributes",
  "MaxResults",
  "NextToken",
  "Limit",
  "Marker",
  "RoleName",
  "RoleArn",
  "DurationSeconds",
  "PolicySourceArn",
  "ActionNames",
  "ContextEntries",
  "PolicyExclusionList",
  "Filter",
  "TargetId",
  "WebIdentityToken",
  "RoleSessionName",
  "Url",
  "ClientIDList",
  "OpenIDConnectProviderArn",
  "AssumeRolePolicyDocument",
  "AWSServiceName",
  "DeletionTaskId",
  "PolicyArn",
  "Description",
  "AliasName",
  "TargetKeyId",
  "__proto__",
  "toString",
);

const jsonBody = fc.oneof(
  fc.dictionary(member, oddValue, { maxKeys: 6 }).map((value) => JSON.stringify(value)),
  fc.string({ maxLength: 300 }),
  fc.integer({ min: 1, max: 50_000 }).map((depth) => "[".repeat(depth)),
  fc.integer({ min: 1, max: 20_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
);
const formBody = fc.oneof(
  fc
    .array(fc.tuple(member, fc.constantFrom("", ".member.1", ".member.1.Key", ".member.x", "..", ".1"), fc.string()), {
      maxLength: 8,
    })
    .map((fields) =>
      new URLSearchParams(fields.map(([name, suffix, value]): [string, string] => [name + suffix, value])).toString(),
    ),
  fc.integer({ min: 1, max: 60_000 }).map((depth) => `${"a.".repeat(depth)}a=1`),
  fc.integer({ min: 1, max: 30_000 }).map((count) => "a=1&".repeat(count)),
  fc.string({ maxLength: 300 }),
);

/** How a request is broken beside its body. */
const flaws = [
  "unsigned",
  "badSignature",
  "signedBody",
  "otherBody",
  "badDate",
  "otherService",
  "otherRegion",
  "unknownKey",
  "noToken",
  "strangeHost",
  "garbledAuthorization",
  "strangeMethod",
] as const;

const malformed = fc
  .record({
    service: fc.constantFrom(...services),
    flaw: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...flaws) },
      { weight: 1, arbitrary: fc.constant("signedBody") },
    ),
    which: fc.nat(43),
    json: jsonBody,
    form: formBody,
    noise: fc.string({ maxLength: 40 }),
  })
  .map(({ service, flaw, which, json, form, noise }) => {
    const operation = operations[service][which % operations[service].length] ?? "";
    const version = versions[service];
    const plain: PlainRequest = {
      method: service === "backup" ? (["PUT", "GET", "DELETE", "POST"][which % 4] ?? "PUT") : "POST",
      path: service === "backup" ? operation : "/",
      service,
      headers: version === undefined ? { "content-type": "application/x-amz-json-1.1" } : {},
      body: version === undefined ? json : `Action=${operation}&Version=${version}&${form}`,
    };
    const target = targets[service];
    if (target !== undefined) plain.headers["x-amz-target"] = `${target}.${operation}`;
    return { plain, flaw, noise };
  });

type Malformed = typeof malformed extends fc.Arbitrary<infer T> ? T : never;

/** The request as it is sent; of what is well signed, the body alone is wrong. */
function sent({ plain, flaw, noise }: Malformed, emulator: Emulator) {
  const { host } = new URL(emulator.url);
  const { credentials, region } = emulator.clientConfig(`arn:aws:iam::${accountId}:user/alice`);
  const printable = noise.replace(/[^\x20-\x7e]/g, "~").trim();
  let { method, path, body } = plain;
  // The plain signer signs no path that it did not encode itself.
  if (path.includes("%")) path = "/nothing";
  let headers = signed(
    { ...plain, path, service: flaw === "otherService" ? "s3" : plain.service },
    host,
    credentials,
    flaw === "otherRegion" ? "mars-1" : region,
  );
  switch (flaw) {
    case "unsigned":
      headers = { ...plain.headers, host };
      break;
    case "badSignature":
      headers.authorization = headers.authorization?.replace(/.{64}$/, "0".repeat(64)) ?? "";
      break;
    case "otherBody":
      body += " ";
      break;
    case "badDate":
      headers["x-amz-date"] = "20261399T999999Z";
      break;
    case "unknownKey":
      headers.authorization = headers.authorization?.replace(/AKIA|ASIA/, "AKIB") ?? "";
      break;
    case "noToken":
      headers["x-amz-security-token"] = printable;
      break;
    case "strangeHost":
      headers.host = "rebound.example.com";
      break;
    case "garbledAuthorization":
      headers.authorization = `AWS4-HMAC-SHA256 ${printable}`;
      break;
    case "strangeMethod":
      method = "PATCH";
      break;
    default:
      break;
  }
  return { method, path, headers, body };
}

/** The error's code, where the answer is written as the service writes errors. */
function codeOf(service: string, body: string): string | undefined {
  if (service === "iam" || service === "sts") {
    return /^<ErrorResponse xmlns="[^"]+"><Error><Type>Sender<\/Type><Code>(\w+)<\/Code>/.exec(body)?.[1];
  }
  if (service === "ec2") return /^<Response><Errors><Error><Code>([\w.]+)<\/Code>/.exec(body)?.[1];
  const told = JSON.parse(body) as { __type?: string; message?: string };
  return told.__type ?? (service === "backup" && typeof told.message === "string" ? "told by a header" : undefined);
}

interface Told {
  status: number;
  body: string;
}

function send(agent: Agent, port: number, { method, path, headers, body }: ReturnType<typeof sent>): Promise<Told> {
  return new Promise((resolve, reject) => {
    const length = { "content-length": Buffer.byteLength(body) };
    const outgoing = request({ agent, port, method, path, headers: { ...headers, ...length } }, (incoming) => {
      let text = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => {
        text += chunk;
      });
      incoming.on("error", reject);
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body: text }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function usedHeap(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

describe("A malformed request", () => {
  const total = 10_000;
  it(`is answered with a 4xx of its service, and leaves nothing behind: ${total} of them, seeded`, async function () {
    this.timeout(600_000);
    const seed = Number(process.env.SEED ?? 20_261_126);
    const emulator = await startEmulator({ world: memberWorld() });
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const wrong: string[] = [];
    const seen = new Set<string>();
    let heap = 0;
    try {
      // Made batch by batch: ten thousand of them at once would weigh more than what is measured.
      for (let batch = 0; batch < total / 500; batch += 1) {
        if (batch === total / 1000) heap = await usedHeap();
        const requests = fc.sample(malformed, { seed: seed + batch, numRuns: 500 });
        const worker = async () => {
          for (let one = requests.pop(); one !== undefined; one = requests.pop()) {
            const { service } = one.plain;
            const told = await send(agent, emulator.port, sent(one, emulator));
            // A signed body may happen to be what its operation takes.
            const isDone = told.status === 200 && one.flaw === "signedBody";
            const code = isDone ? "done" : codeOf(service, told.body);
            seen.add(`${one.flaw} ${code}`);
            if (!isDone && (told.status < 400 || told.status > 499 || code === undefined)) {
              wrong.push(`${told.status} ${JSON.stringify(one).slice(0, 300)} ${told.body.slice(0, 300)}`);
            }
          }
        };
        await Promise.all(Array.from({ length: 4 }, worker));
      }
      expect(wrong, `seed ${seed}`).to.deep.equal([]);
      for (const flaw of flaws)
        expect(
          [...seen].some((one) => one.startsWith(`${flaw} `)),
          flaw,
        ).to.equal(true);
      expect(emulator.requests).to.have.lengthOf(total);
      // Bodies are some kilobytes each: kept, the second half would weigh tens of megabytes.
      expect((await usedHeap()) - heap).to.be.below(12_000_000);
    } finally {
      agent.destroy();
      await emulator.stop();
    }
  });

  const query = (service: Service, body: string): PlainRequest => ({
    method: "POST",
    path: "/",
    service,
    headers: {},
    body: `Action=GetCallerIdentity&Version=2011-06-15&${body}`,
  });
  const asAlice = (emulator: Emulator, plain: PlainRequest, region = "us-west-2") =>
    signed(plain, new URL(emulator.url).host, emulator.credentialsFor(`arn:aws:iam::${accountId}:user/alice`), region);
  const ask = async (emulator: Emulator, plain: PlainRequest, headers: Record<string, string>): Promise<Told> => {
    const agent = new Agent();
    return send(agent, emulator.port, { method: plain.method, path: plain.path, headers, body: plain.body });
  };

  const shapes = [
    { why: "120 KB of a.a.a...=1", body: `${"a.".repeat(60_000)}a=1`, status: 404, code: "MalformedQueryString" },
    { why: "20,000 parameters", body: "a=1&".repeat(20_000), status: 404, code: "MalformedQueryString" },
    { why: "5 MB", body: `a=${"x".repeat(5_000_000)}`, status: 413, code: "RequestEntityTooLarge" },
  ];
  for (const { why, body, status, code } of shapes) {
    it(`is refused though it is signed: ${why}`, () =>
      served({ world: memberWorld() }, async (emulator) => {
        const plain = query("sts", body);
        const told = await ask(emulator, plain, asAlice(emulator, plain));
        expect([told.status, codeOf("sts", told.body)]).to.deep.equal([status, code]);
      }));
  }

  it("is refused before its body is understood where nobody signed it", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const plain = query("sts", `${"a.".repeat(60_000)}a=1`);
      const told = await ask(emulator, plain, { host: new URL(emulator.url).host });
      expect([told.status, codeOf("sts", told.body)]).to.deep.equal([403, "MissingAuthenticationToken"]);
      expect(emulator.requests[0]?.input).to.deep.equal({});
    }));

  const signatures: { why: string; change: (headers: Record<string, string>) => void; told: RegExp }[] = [
    {
      why: "a date that there is not",
      change: (headers) => {
        headers["x-amz-date"] = "20261399T999999Z";
      },
      told: /<Code>IncompleteSignature<\/Code><Message>Date must be in ISO-8601 'basic format'. Got '20261399T999999Z'/,
    },
    {
      why: "February 30",
      change: (headers) => {
        headers["x-amz-date"] = "20260230T000000Z";
      },
      told: /<Code>IncompleteSignature<\/Code>/,
    },
    {
      why: "a scope of another day",
      change: (headers) => {
        headers.authorization = headers.authorization?.replace(/\/\d{8}\//, "/20200101/") ?? "";
      },
      told: /<Code>SignatureDoesNotMatch<\/Code><Message>Date in Credential scope does not match/,
    },
    {
      why: "a scope of another service",
      change: (headers) => {
        headers.authorization = headers.authorization?.replace("/sts/", "/s3/") ?? "";
      },
      told: /<Code>SignatureDoesNotMatch<\/Code><Message>Credential should be scoped to correct service: 'sts'/,
    },
    {
      why: "a scope of no Region",
      change: (headers) => {
        headers.authorization = headers.authorization?.replace("/us-west-2/", "/mars-1/") ?? "";
      },
      told: /<Code>SignatureDoesNotMatch<\/Code><Message>Credential should be scoped to a valid region, not 'mars-1'/,
    },
    {
      why: "a name that a web page was bound to",
      change: (headers) => {
        headers.host = "rebound.example.com";
      },
      told: /<Code>InvalidHost<\/Code>/,
    },
  ];
  for (const { why, change, told } of signatures) {
    it(`is refused with the service's own error: ${why}`, () =>
      served({ world: memberWorld() }, async (emulator) => {
        const plain = query("sts", "");
        const headers = asAlice(emulator, plain);
        change(headers);
        const answer = await ask(emulator, plain, headers);
        expect(answer.status).to.be.within(400, 403);
        expect(answer.body).to.match(told);
      }));
  }

  it("is refused though it is signed for a Region that there is not", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const plain = query("sts", "");
      const { status, body } = await ask(emulator, plain, asAlice(emulator, plain, "mars-1"));
      expect([status, codeOf("sts", body)]).to.deep.equal([403, "SignatureDoesNotMatch"]);
    }));

  const raw = [
    "GARBAGE\r\n\r\n",
    "CONNECT aws.amazon.com:443 HTTP/1.1\r\nHost: aws.amazon.com\r\n\r\n",
    "\u0000\u0001",
  ];
  for (const bytes of raw) {
    it(`that is no HTTP, or none for a server, is told so: ${JSON.stringify(bytes.slice(0, 12))}`, () =>
      served({ world: memberWorld() }, async ({ port }) => {
        const answer = await new Promise<string>((resolve, reject) => {
          let told = "";
          const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
          socket.setEncoding("utf8");
          socket.on("data", (chunk: string) => {
            told += chunk;
          });
          socket.on("error", reject);
          socket.on("close", () => resolve(told));
        });
        expect(answer).to.match(/^HTTP\/1\.1 4\d\d /);
      }));
  }

  it("that breaks off where it asks for a tunnel ends nothing, and keeps nobody from stopping", () =>
    served({ world: memberWorld() }, async ({ port }) => {
      const sockets = await Promise.all(
        [1, 2, 3].map(
          () =>
            new Promise<Socket>((resolve) => {
              const socket: Socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => {
                socket.on("error", () => {});
                socket.write(raw[1] ?? "", () => resolve(socket));
              });
            }),
        ),
      );
      sockets[0]?.resetAndDestroy();
      await new Promise((resolve) => setImmediate(resolve));
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).to.be.within(400, 499);
    }));
});
