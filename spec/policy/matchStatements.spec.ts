import { expect } from "chai";
import type { ContextKeyState } from "../../lib/policy/ContextKeyState.js";
import type { EvaluationRequest } from "../../lib/policy/EvaluationRequest.js";
import { matchStatements } from "../../lib/policy/matchStatements.js";
import { parsePolicy } from "../../lib/policy/parsePolicy.js";
import type { RequestPrincipal } from "../../lib/policy/RequestPrincipal.js";
import type { StatementMatch } from "../../lib/policy/StatementMatch.js";

const account = "111122223333";
const iam = `arn:aws:iam::${account}`;
const sts = `arn:aws:sts::${account}`;
const user: RequestPrincipal = { kind: "user", arn: `${iam}:user/alice`, accountId: account, uniqueId: "AIDAALICE" };
const role: RequestPrincipal = {
  kind: "role",
  arn: `${iam}:role/Deployer`,
  accountId: account,
  uniqueId: "AROADEPLOYER",
};
const session: RequestPrincipal = {
  kind: "role-session",
  arn: `${sts}:assumed-role/Deployer/ci`,
  accountId: account,
  uniqueId: "AROADEPLOYER",
};
const federated: RequestPrincipal = {
  kind: "federated-user",
  arn: `${sts}:federated-user/bob`,
  accountId: account,
  issuerArn: `${iam}:user/alice`,
};
const root: RequestPrincipal = { kind: "root", arn: `${iam}:root`, accountId: account };
const service: RequestPrincipal = { kind: "service", arn: "backup.amazonaws.com", accountId: "" };

const unknown: ContextKeyState = { kind: "unknown", multiValued: false };
const there: ContextKeyState = { kind: "present", multiValued: false };
const text = (value: string | string[]): ContextKeyState => ({ kind: "value", value });

function match(
  statement: object,
  request: Partial<EvaluationRequest> & { keys?: Record<string, ContextKeyState> } = {},
): StatementMatch | undefined {
  const { keys = {}, ...rest } = request;
  const policy = parsePolicy({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "*", Resource: "*", ...statement },
  });
  expect(policy.damage).to.deep.equal([]);
  return matchStatements(policy, {
    action: "kms:Decrypt",
    resource: "arn:aws:kms:eu-west-1:111122223333:key/1",
    principal: null,
    principalHasBoundary: "false",
    lookup: (key) => ({ name: key, state: keys[key] ?? { kind: "absent" } }),
    ...rest,
  })[0];
}

/** "false" where the statement is left out. */
function truth(...args: Parameters<typeof match>): string {
  return match(...args)?.truth ?? "false";
}

describe("a statement that applies", () => {
  it("is told with its index, Sid and effect; others are left out", () => {
    const policy = parsePolicy({
      Statement: [
        { Effect: "Allow", Action: "s3:*", Resource: "*" },
        { Sid: "Stop", Effect: "Deny", Action: "kms:*", Resource: "*" },
      ],
    });

    const matches = matchStatements(policy, {
      action: "KMS:decrypt",
      resource: "*",
      principal: null,
      principalHasBoundary: "unknown",
      lookup: (name) => ({ name, state: unknown }),
    });

    expect(matches).to.deep.equal([
      { index: 1, sid: "Stop", effect: "Deny", truth: "true", dependsOn: [], forms: [{ form: "none", truth: "true" }] },
    ]);
  });

  it("names each unknown key once, and none of the tests that are decided", () => {
    const statement = {
      Resource: ["arn:aws:kms:*:*:key/${a}", "arn:aws:kms:*:*:key/${a}${b}", "arn:aws:s3:::${c}"],
      Condition: { StringEquals: { a: "x", d: "x" }, StringLike: { known: "x*" }, Null: { e: "true" } },
    };

    const found = match(statement, {
      keys: { a: unknown, b: there, c: unknown, d: unknown, e: unknown, known: text("xy") },
    });

    expect(found).to.deep.include({ truth: "unknown", dependsOn: ["a", "b", "d", "e"] });
  });

  it("is not one that a false test rules out, whatever is unknown beside it", () => {
    expect(truth({ Condition: { StringEquals: { a: "x", b: "y" } } }, { keys: { a: unknown, b: text("x") } })).to.equal(
      "false",
    );
  });
});

describe("Principal", () => {
  const cases: [string, RequestPrincipal, object | "*", [string, string][]][] = [
    ["everybody", user, "*", [["everyone", "true"]]],
    ["everybody, services too", service, { AWS: "*" }, [["everyone", "true"]]],
    ["no user by Service *", user, { Service: "*" }, []],
    ["every service by Service *", service, { Service: "*" }, [["service", "true"]]],
    ["the service", service, { Service: ["s3.amazonaws.com", "backup.amazonaws.com"] }, [["service", "true"]]],
    ["no service as AWS", service, { AWS: "backup.amazonaws.com" }, []],
    ["no service of another spelling", service, { Service: "Backup.amazonaws.com" }, []],
    ["nobody", user, {}, []],
    ["nobody federated", user, { Federated: "*", CanonicalUser: "*" }, []],
    ["the account", user, { AWS: account }, [["account", "true"]]],
    ["the account of the same partition", user, { AWS: "arn:aws-cn:iam::111122223333:root" }, []],
    ["root by the account", root, { AWS: `${iam}:root` }, [["account", "true"]]],
    ["root by no user", root, { AWS: `${iam}:user/root` }, []],
    ["the user by ARN and id", user, { AWS: [user.arn, "AIDAALICE"] }, [["user", "true"]]],
    [
      "the user in two ways",
      user,
      { AWS: [account, user.arn] },
      [
        ["account", "true"],
        ["user", "true"],
      ],
    ],
    ["no other user", user, { AWS: [`${iam}:user/bob`, "AIDABOB"] }, []],
    ["no part of a name", user, { AWS: `${iam}:user/*` }, []],
    ["the role", role, { AWS: role.arn }, [["role", "true"]]],
    ["the role by its id", role, { AWS: "AROADEPLOYER" }, [["role", "true"]]],
    ["perhaps a session of the role", role, { AWS: session.arn }, [["session", "unknown"]]],
    ["no session of another role", role, { AWS: `${sts}:assumed-role/Other/ci` }, []],
    ["no session of another account", role, { AWS: "arn:aws:sts::444455556666:assumed-role/Deployer/ci" }, []],
    ["no name that is no ARN", role, { AWS: "Deployer" }, []],
    ["the session", session, { AWS: session.arn }, [["session", "true"]]],
    ["the session by its role", session, { AWS: role.arn }, [["role", "true"]]],
    ["the session by its role's id", session, { AWS: "AROADEPLOYER" }, [["role", "true"]]],
    ["the session by its role's path", session, { AWS: `${iam}:role/team/Deployer` }, [["role", "true"]]],
    ["no session of another partition", session, { AWS: "arn:aws-cn:iam::111122223333:role/Deployer" }, []],
    ["no session of the same name", session, { AWS: `${sts}:assumed-role/Deployer/other` }, []],
    ["no session without a name", session, { AWS: `${iam}:role/` }, []],
    ["no session by a role's ARN of another service", session, { AWS: `${sts}:role/Deployer` }, []],
    ["no session by the user of its role's name", session, { AWS: `${iam}:user/Deployer` }, []],
    [
      "no session by an ARN that names no role",
      { ...session, arn: `${sts}:assumed-role/role/ci` },
      { AWS: `${iam}:role` },
      [],
    ],
    ["no session by an ARN of another service", role, { AWS: `${iam}:assumed-role/Deployer/ci` }, []],
    ["no session by an ARN of another kind", role, { AWS: `${sts}:federated-user/Deployer/ci` }, []],
    [
      "the session by the role's path",
      { ...session, roleArn: `${iam}:role/team/Deployer` },
      { AWS: `${iam}:role/team/Deployer` },
      [["role", "true"]],
    ],
    ["no role of another path", { ...session, roleArn: `${iam}:role/team/Deployer` }, { AWS: role.arn }, []],
    [
      "the role whose path could not be read",
      { ...session, roleArn: role.arn },
      { AWS: `${iam}:role/team/Deployer` },
      [["role", "true"]],
    ],
    ["the federated user", federated, { AWS: federated.arn }, [["federated-user", "true"]]],
    ["the federated user by the issuer", federated, { AWS: user.arn }, [["issuer", "true"]]],
    ["no other federated user", federated, { AWS: `${sts}:federated-user/eve` }, []],
  ];
  for (const [what, principal, Principal, forms] of cases) {
    it(`names ${what}: ${JSON.stringify(Principal)} for ${principal.arn}`, () => {
      const found = match({ Principal }, { principal });

      expect(found?.forms.map(({ form, truth: sure }) => [form, sure]) ?? []).to.deep.equal(forms);
    });
  }

  it("that might name the caller hangs on the principal", () => {
    expect(match({ Principal: { AWS: session.arn } }, { principal: role })).to.deep.include({
      truth: "unknown",
      dependsOn: ["principal"],
    });
  });

  it("that names the caller surely does not hang on how else it might", () => {
    expect(match({ Principal: { AWS: [session.arn, role.arn] } }, { principal: role })).to.deep.include({
      truth: "true",
      dependsOn: [],
    });
  });

  it("without a caller is unknown, unless it names everybody or nobody", () => {
    expect(match({ Principal: { AWS: role.arn } })).to.deep.include({ truth: "unknown", dependsOn: ["principal"] });
    expect(truth({ Principal: "*" })).to.equal("true");
    expect(truth({ Principal: {} })).to.equal("false");
  });
});

describe("NotPrincipal", () => {
  const deny = (AWS: string[]) => ({ Effect: "Deny", NotPrincipal: { AWS } });
  const cases: [string, RequestPrincipal | null, object, string][] = [
    ["spares a user listed with the account", user, deny([account, user.arn]), "false"],
    ["may spare a user listed alone", user, deny([user.arn]), "unknown"],
    ["denies a user whose account is listed alone", user, deny([account]), "true"],
    ["denies a user who is not listed", user, deny(["444455556666", `${iam}:user/bob`]), "true"],
    ["spares a session listed with role and account", session, deny([account, role.arn, session.arn]), "false"],
    ["may spare a session of a listed role", session, deny([account, role.arn]), "unknown"],
    ["may spare a role of whom a session is listed", role, deny([session.arn]), "unknown"],
    ["may spare a role listed with account and a session", role, deny([account, role.arn, session.arn]), "unknown"],
    ["denies a role where a session of another is listed", role, deny([`${sts}:assumed-role/Other/ci`]), "true"],
    ["spares a federated user listed with the account", federated, deny([account, federated.arn]), "false"],
    ["may spare a federated user whose issuer is listed", federated, deny([user.arn]), "unknown"],
    [
      "spares a federated user listed fully, beside the issuer",
      federated,
      deny([account, federated.arn, user.arn]),
      "false",
    ],
    ["denies a federated user who is not listed", federated, deny([`${iam}:user/eve`]), "true"],
    ["spares root by its account", root, deny([account]), "false"],
    ["spares everybody by *", user, { Effect: "Deny", NotPrincipal: "*" }, "false"],
    ["spares everybody by *, whoever asks", null, { Effect: "Deny", NotPrincipal: "*" }, "false"],
    ["may spare somebody who is not known", null, deny([user.arn]), "unknown"],
    ["denies everybody where nobody is listed", null, deny([]), "true"],
    [
      "spares a listed service",
      service,
      { Effect: "Deny", NotPrincipal: { Service: "backup.amazonaws.com" } },
      "false",
    ],
    ["denies another service", service, { Effect: "Deny", NotPrincipal: { Service: "s3.amazonaws.com" } }, "true"],
  ];
  for (const [what, principal, statement, expected] of cases) {
    it(what, () => {
      const found = match(statement, { principal });

      expect(found?.truth ?? "false").to.equal(expected);
      expect(found?.dependsOn ?? []).to.deep.equal(expected === "unknown" ? ["principal"] : []);
      expect(found?.forms ?? []).to.deep.equal(
        expected === "false" ? [] : [{ form: "not-principal", truth: expected }],
      );
    });
  }

  it("denies whoever has a boundary, listed or not", () => {
    const listed = deny([account, user.arn]);

    expect(truth(listed, { principal: user, principalHasBoundary: "true" })).to.equal("true");
    expect(truth({ Effect: "Deny", NotPrincipal: "*" }, { principalHasBoundary: "true" })).to.equal("true");
  });

  it("hangs on a boundary that was not read where the caller is listed, and on the caller where in part", () => {
    const asked = { principal: user, principalHasBoundary: "unknown" } as const;

    expect(match(deny([account, user.arn]), asked)?.dependsOn).to.deep.equal(["principal.permissionsBoundary"]);
    expect(match(deny([user.arn]), asked)?.dependsOn).to.deep.equal(["principal", "principal.permissionsBoundary"]);
    expect(match(deny([]), asked)?.dependsOn).to.deep.equal([]);
  });

  it("does not ask for the boundary of a service", () => {
    const statement = { Effect: "Deny", NotPrincipal: { Service: "backup.amazonaws.com" } };

    expect(truth(statement, { principal: service, principalHasBoundary: "unknown" })).to.equal("false");
  });

  it("of an Allow is unknown", () => {
    expect(match({ NotPrincipal: { AWS: account } }, { principal: user })).to.deep.include({
      truth: "unknown",
      dependsOn: ["principal"],
    });
  });
});

describe("Resource", () => {
  const key = { prefix: "arn:aws:kms:eu-west-1:111122223333:key/", isUuid: true, name: "key.arn" };
  const cases: [string, string | string[], string][] = [
    ["everything", "*", "true"],
    ["every key", "arn:aws:kms:*:*:key/*", "true"],
    ["every id of this length", `${key.prefix}${"?".repeat(36)}`, "true"],
    ["every id of another length", `${key.prefix}${"?".repeat(35)}`, "false"],
    ["every id of this form", `${key.prefix}*-*-*-*-*`, "true"],
    ["one id", `${key.prefix}1234abcd-12ab-34cd-56ef-1234567890ab`, "unknown"],
    ["ids that begin like this", `${key.prefix}1*`, "unknown"],
    ["ids in capitals, which a UUID of AWS never is", `${key.prefix}A*`, "false"],
    ["a key of another form", `${key.prefix}mrk-*`, "false"],
    ["a key of another account", "arn:aws:kms:eu-west-1:444455556666:key/*", "false"],
    ["one id or everything", [`${key.prefix}1*`, "*"], "true"],
  ];
  for (const [what, Resource, expected] of cases) {
    it(`of ${what} is ${expected} for a key of which only the beginning is known`, () => {
      const found = match({ Resource }, { resource: key });

      expect(found?.truth ?? "false").to.equal(expected);
      expect(found?.dependsOn ?? []).to.deep.equal(expected === "unknown" ? ["key.arn"] : []);
    });
  }

  it("turned round by NotResource is turned round for such a key too", () => {
    const negated = (NotResource: string) =>
      matchStatements(parsePolicy({ Statement: { Effect: "Allow", Action: "*", NotResource } }), {
        action: "kms:Decrypt",
        resource: key,
        principal: null,
        principalHasBoundary: "false",
        lookup: (name) => ({ name, state: unknown }),
      })[0]?.truth ?? "false";

    expect([negated("*"), negated("arn:aws:s3:::*"), negated(`${key.prefix}1*`)]).to.deep.equal([
      "false",
      "true",
      "unknown",
    ]);
  });

  it("names the unknown variable, and the key only where its id matters", () => {
    const keys = { "aws:a": unknown };

    expect(match({ Resource: "arn:aws:kms:*:${aws:a}:key/*" }, { resource: key, keys })?.dependsOn).to.deep.equal([
      "aws:a",
    ]);
    expect(match({ Resource: "arn:aws:kms:*:${aws:a}:key/1*" }, { resource: key, keys })?.dependsOn).to.deep.equal([
      "key.arn",
      "aws:a",
    ]);
  });

  it("of * alone is meant where an action has no resource type", () => {
    const resource = "*";

    expect(truth({ Resource: ["arn:aws:s3:::*", "**"] }, { resource })).to.equal("true");
    expect(truth({ Resource: ["arn:*", "*:*", "?", ""] }, { resource })).to.equal("false");
    expect(truth({ Resource: "${aws:a}" }, { resource, keys: { "aws:a": text("*") } })).to.equal("false");
    expect(truth({ Resource: "${aws:a}" }, { resource, keys: { "aws:a": unknown } })).to.equal("false");
  });

  it("may be left out", () => {
    expect(truth({ Resource: undefined })).to.equal("true");
  });
});

describe("policy variables", () => {
  const cases: [string, ContextKeyState, string, string][] = [
    ["a-${k}-b", text("x"), "a-x-b", "true"],
    ["${ k }", text("x"), "x", "true"],
    ["${k,'d'}", { kind: "absent" }, "d", "true"],
    ["${k , 'd' }", { kind: "absent" }, "d", "true"],
    ["${k, 'a}b'}", { kind: "absent" }, "a}b", "true"],
    ["${k, '*'}", { kind: "absent" }, "x", "false"],
    ["${k}", { kind: "absent" }, "", "false"],
    ["${}", text("x"), "${}", "true"],
    ["${k", text("x"), "${k", "true"],
    ["${k, d}", text("x"), "${k, d}", "true"],
    ["${a${k}", text("x"), "${ax", "true"],
    ["${*, 'd'}", { kind: "absent" }, "d", "true"],
    ["", text("x"), "", "true"],
    ["${k}", text(["x"]), "x", "false"],
    ["${k}", { kind: "present", multiValued: true }, "x", "false"],
    ["${k, 'd'}", { kind: "present", multiValued: true }, "d", "false"],
    ["${k}", { kind: "unknown", multiValued: true }, "x", "false"],
    ["${k, 'd'}", { kind: "unknown", multiValued: true }, "d", "unknown"],
    ["${k, 'd'}", { kind: "unknown", multiValued: true }, "x", "false"],
    ["${k, 'd'}", there, "x", "unknown"],
    ["x${k}", there, "y", "false"],
  ];
  for (const [operand, k, value, expected] of cases) {
    for (const operator of ["StringEquals", "StringLike", "StringEqualsIgnoreCase"]) {
      it(`${operator} ${JSON.stringify(operand)} with ${JSON.stringify(k)} for ${JSON.stringify(value)}: ${expected}`, () => {
        const found = match({ Condition: { [operator]: { v: operand } } }, { keys: { k, v: text(value) } });

        expect(found?.truth ?? "false").to.equal(expected);
        expect(found?.dependsOn ?? []).to.deep.equal(expected === "unknown" ? ["k"] : []);
      });
    }
  }

  it("that are unknown stand for whatever their letter case and sigmas come to", () => {
    const check = (operand: string, value: string) =>
      truth({ Condition: { StringEqualsIgnoreCase: { v: operand } } }, { keys: { k: unknown, v: text(value) } });

    expect(check("${k}Σ", "aς")).to.equal("unknown");
    expect(check("${k}Σ", "aσ")).to.equal("unknown");
    expect(check("Σ${k}", "ΣB")).to.equal("unknown");
    expect(check("İ${k}", "i̇x")).to.equal("unknown");
    expect(check("b${k}", "aς")).to.equal("false");
  });

  it("name only the keys whose operand could match, and none beside a sure match", () => {
    const keys = { k: unknown, l: unknown, v: text("a1") };

    expect(match({ Condition: { StringEquals: { v: ["a${k}", "b${l}"] } } }, { keys })?.dependsOn).to.deep.equal(["k"]);
    expect(match({ Condition: { StringEquals: { v: ["a${k}", "a1"] } } }, { keys })?.dependsOn).to.deep.equal([]);
    expect(
      match({ Condition: { StringEquals: { u: "a${k}" } } }, { keys: { ...keys, u: unknown } })?.dependsOn,
    ).to.deep.equal(["u", "k"]);
  });

  it("of an Arn operand may hold colons, and may turn out to be no ARN", () => {
    const arn = text("arn:aws:iam::111122223333:role/a");
    const check = (operator: string, operand: string | string[], Effect: string, v: ContextKeyState = arn) =>
      truth({ Effect, Condition: { [operator]: { v: operand } } }, { keys: { k: unknown, v } });

    // Whatever the variable holds, this is an ARN.
    expect(check("ArnLike", "arn:aws:iam::${k}:role/*", "Allow")).to.equal("unknown");
    expect(check("ArnLike", "arn:aws:iam::${k}:user/*", "Allow")).to.equal("false");
    expect(check("ArnNotLike", "arn:aws:iam::${k}:user/*", "Deny")).to.equal("true");
    // The variable may hold the last colon.
    expect(check("ArnLike", "arn:aws:iam::${k}", "Allow")).to.equal("unknown");
    expect(check("ArnLike", "arn:aws:s3::${k}", "Allow")).to.equal("false");
    // An error denies and does not allow.
    expect(check("ArnLike", "arn:aws:s3::${k}", "Deny")).to.equal("unknown");
    expect(check("ArnLike", "${k}:aws:iam::1:role/a", "Deny")).to.equal("unknown");
    // A wildcard does not reach over the colons between the segments, a variable does.
    expect(check("ArnLike", "arn:*:role/${k}::::", "Allow", text("arn:a:b:role/:c:d:e"))).to.equal("false");
    expect(check("ArnLike", "arn:aws:?*::111122223333:${k}", "Allow")).to.equal("unknown");
    // What is no ARN itself is compared with nothing.
    expect(check("ArnNotLike", "arn:aws:iam::${k}:role/*", "Allow", text("x"))).to.equal("false");
  });

  it("of an Arn operand name their key only where it matters", () => {
    const keys = { k: unknown, l: unknown, v: text("arn:aws:iam::1:role/a") };
    const condition = { ArnLike: { v: ["arn:aws:s3:::${l}", "arn:aws:iam::${k}:role/a"] } };

    expect(match({ Condition: condition }, { keys })?.dependsOn).to.deep.equal(["k"]);
  });

  it("of an Arn operand serve a default as well", () => {
    const keys: Record<string, ContextKeyState> = {
      k: { kind: "unknown", multiValued: true },
      v: text("arn:aws:iam::1:role/a"),
    };

    expect(truth({ Condition: { ArnLike: { v: "${k, 'arn:aws:iam::1:role/a'}" } } }, { keys })).to.equal("unknown");
    expect(truth({ Condition: { ArnLike: { v: "${k, 'arn:aws:iam::2:role/a'}" } } }, { keys })).to.equal("false");
  });
});

describe("a condition over a value that is not known", () => {
  const everyIp = ["128.0.0.0/1", "0.0.0.0/1", "0.0.0.0/8", "::/0"];
  const everyArn = "arn:*:*:*:*:*";
  const cases: [string, string | string[], "Allow" | "Deny", string, string][] = [
    // operator, operands, effect, present, unknown
    ["StringLike", ["?*", ""], "Allow", "true", "unknown"],
    ["StringLike", ["??*", "?", ""], "Allow", "true", "unknown"],
    ["StringLike", ["??*", ""], "Allow", "unknown", "unknown"],
    ["StringLike", ["a*", "?"], "Allow", "unknown", "unknown"],
    ["StringNotLike", ["?*", ""], "Allow", "false", "unknown"],
    ["StringEquals", "*", "Allow", "unknown", "unknown"],
    ["StringEquals", [], "Allow", "false", "false"],
    ["StringNotEquals", [], "Allow", "true", "true"],
    ["StringLike", "${absent}", "Allow", "false", "false"],
    ["StringNotLike", "${absent}", "Allow", "true", "true"],
    ["NumericEquals", ["x", "1"], "Allow", "unknown", "unknown"],
    ["NumericNotEquals", "1e99999999999", "Allow", "true", "true"],
    ["BinaryEquals", "no-binary", "Allow", "false", "false"],
    ["BinaryEquals", "YQ==", "Allow", "unknown", "unknown"],
    ["Bool", ["true", "no"], "Allow", "true", "unknown"],
    ["Bool", [], "Allow", "false", "false"],
    ["IpAddress", everyIp, "Allow", "unknown", "unknown"],
    ["NotIpAddress", everyIp, "Allow", "false", "unknown"],
    ["NotIpAddress", everyIp.slice(0, 3), "Allow", "unknown", "unknown"],
    ["NotIpAddress", ["128.0.0.0/1", "::/0"], "Allow", "unknown", "unknown"],
    ["NotIpAddress", "192.0.2.0/33", "Allow", "unknown", "unknown"],
    ["IpAddress", "192.0.2.0/24/8", "Allow", "false", "false"],
    ["ArnLike", "not-an-arn", "Allow", "false", "false"],
    ["ArnLike", "not-an-arn", "Deny", "unknown", "unknown"],
    ["ArnNotLike", "not-an-arn", "Allow", "false", "unknown"],
    ["ArnNotLike", everyArn, "Allow", "false", "unknown"],
    ["ArnNotLike", [everyArn, "not-an-arn"], "Deny", "false", "unknown"],
    ["ArnLike", everyArn, "Allow", "unknown", "unknown"],
    ["ArnLike", "a?n:aws:iam::1:role/a", "Allow", "unknown", "unknown"],
    ["ArnLike", [], "Allow", "false", "false"],
    ["ForAllValues:ArnNotLike", everyArn, "Allow", "false", "unknown"],
    ["ForAnyValue:StringLikeIfExists", "*", "Allow", "true", "true"],
    ["Null", ["true", "false"], "Allow", "true", "true"],
    ["Null", "false", "Allow", "true", "unknown"],
    ["Null", "true", "Allow", "false", "unknown"],
    ["Null", [], "Allow", "false", "false"],
  ];
  for (const [operator, operands, Effect, present, wholly] of cases) {
    it(`${operator} ${JSON.stringify(operands)} on ${Effect}: ${present} where present, ${wholly} where unknown`, () => {
      const statement = { Effect, Condition: { [operator]: { k: operands } } };

      expect(truth(statement, { keys: { k: there } }), "present").to.equal(present);
      expect(truth(statement, { keys: { k: unknown } }), "unknown").to.equal(wholly);
    });
  }

  it("is never matched by a plain operator where the key is multi-valued", () => {
    const keys: Record<string, ContextKeyState> = {
      k: { kind: "present", multiValued: true },
      u: { kind: "unknown", multiValued: true },
      v: text(["a"]),
    };
    const check = (operator: string, key: string) => truth({ Condition: { [operator]: { [key]: "a" } } }, { keys });

    expect([check("StringNotEquals", "k"), check("StringEqualsIfExists", "k")]).to.deep.equal(["false", "false"]);
    expect([check("StringEquals", "u"), check("StringNotEquals", "u")]).to.deep.equal(["false", "unknown"]);
    expect([check("StringEquals", "v"), check("StringNotEquals", "v")]).to.deep.equal(["false", "false"]);
  });
});

describe("a set operator", () => {
  const check = (operator: string, operand: string, values: string[]) =>
    match({ Condition: { [operator]: { v: operand } } }, { keys: { k: unknown, v: text(values) } });

  it("of no values is true for all and false for any, IfExists or not", () => {
    expect(check("ForAllValues:StringEquals", "a", [])?.truth).to.equal("true");
    expect(check("ForAnyValue:StringNotEquals", "a", [])).to.equal(undefined);
    expect(check("ForAnyValue:StringEqualsIfExists", "a", [])).to.equal(undefined);
  });

  it("is decided by one value where that suffices, else hangs on the variable", () => {
    expect(check("ForAllValues:StringLike", "a${k}", ["b", "ab"])).to.equal(undefined);
    expect(check("ForAllValues:StringLike", "a${k}", ["a", "ab"])).to.deep.include({
      truth: "unknown",
      dependsOn: ["k"],
    });
    expect(check("ForAnyValue:StringNotLike", "a${k}", ["b", "ab"])?.truth).to.equal("true");
    expect(check("ForAnyValue:StringLike", "a${k}", ["b", "ab"])).to.deep.include({
      truth: "unknown",
      dependsOn: ["k"],
    });
  });

  it("takes a single value as a set of one", () => {
    const condition = { "ForAnyValue:StringEquals": { v: "a" }, "ForAllValues:StringEquals": { v: "a" } };

    expect(truth({ Condition: condition }, { keys: { v: text("a") } })).to.equal("true");
  });
});

describe("a list of which only some members are known", () => {
  const v: ContextKeyState = { kind: "present", multiValued: true, includes: ["a", "b"] };
  const cases: [string, string | string[], string][] = [
    ["ForAnyValue:StringEquals", "a", "true"],
    ["ForAnyValue:StringEquals", "c", "unknown"],
    ["ForAnyValue:StringNotEquals", "a", "true"],
    ["ForAnyValue:NumericEquals", "x", "false"],
    ["ForAllValues:StringEquals", "a", "false"],
    ["ForAllValues:StringEquals", ["a", "b"], "unknown"],
    ["ForAllValues:StringNotEquals", "c", "unknown"],
    ["ForAllValues:StringLike", "*", "true"],
    ["StringEquals", "a", "false"],
    ["Null", "false", "true"],
  ];
  for (const [operator, operands, expected] of cases) {
    it(`${operator} ${JSON.stringify(operands)}: ${expected}`, () => {
      const found = match({ Condition: { [operator]: { v: operands } } }, { keys: { v } });

      expect(found?.truth ?? "false").to.equal(expected);
      expect(found?.dependsOn ?? []).to.deep.equal(expected === "unknown" ? ["v"] : []);
    });
  }
});

describe("a date of which only the limits are known", () => {
  const at = (iso: string) => Date.parse(iso);
  const dates = { from: at("2026-01-01T00:00:00Z"), to: at("2026-01-02T00:00:00Z") };
  const k: ContextKeyState = { kind: "present", multiValued: false, dates };
  const cases: [string, string | string[], string][] = [
    ["DateLessThan", "2026-01-03T00:00:00Z", "true"],
    ["DateLessThan", "2026-01-02T00:00:00.001Z", "true"],
    ["DateLessThan", "2026-01-02T00:00:00Z", "unknown"],
    ["DateLessThanEquals", "2026-01-02T00:00:00Z", "true"],
    ["DateLessThan", "2026-01-01T00:00:00Z", "false"],
    ["DateLessThanEquals", "2026-01-01T00:00:00Z", "unknown"],
    ["DateGreaterThan", "2025-12-31", "true"],
    ["DateGreaterThanEquals", "2026-01-01", "true"],
    ["DateGreaterThan", "2026-01-01", "unknown"],
    ["DateEquals", "2026-01-01T12:00:00Z", "unknown"],
    ["DateNotEquals", "2026-01-01T12:00:00Z", "unknown"],
    ["DateNotEquals", "2026-02-01", "true"],
    ["DateNotEquals", "no date", "true"],
    ["DateLessThan", ["2026-01-01T06:00:00Z", "2027-01-01"], "true"],
    ["NumericLessThan", "9999999999", "unknown"],
    ["Null", "false", "true"],
  ];
  for (const [operator, operands, expected] of cases) {
    it(`${operator} ${JSON.stringify(operands)}: ${expected}`, () => {
      expect(truth({ Condition: { [operator]: { k: operands } } }, { keys: { k } })).to.equal(expected);
    });
  }

  it("may be a moment, and need not be one that a calendar can tell", () => {
    const moment: ContextKeyState = {
      kind: "present",
      multiValued: false,
      dates: { from: dates.from, to: dates.from },
    };
    const beyond: ContextKeyState = { kind: "present", multiValued: false, dates: { from: -9e15, to: 9e15 } };

    expect(truth({ Condition: { DateEquals: { k: "2026-01-01" } } }, { keys: { k: moment } })).to.equal("true");
    expect(truth({ Condition: { DateEquals: { k: "2026-01-01" } } }, { keys: { k: beyond } })).to.equal("unknown");
  });
});

describe("values as they are written", () => {
  const check = (operator: string, operand: string, value: string) =>
    truth({ Condition: { [operator]: { v: operand } } }, { keys: { v: text(value) } });

  for (const [operand, value, order] of [
    ["1", "1.000", 0],
    [".5", "0.50", 0],
    ["-0", "0", 0],
    ["1e400", "10e399", 0],
    ["1e999999999", "1e-999999999", -1],
    ["-1e999999999", "1", 1],
    ["12", "123", 1],
    ["0.001", "0.0009", -1],
    ["-2", "-1", 1],
    [`1${"0".repeat(5000)}`, `1${"0".repeat(4999)}1`, 1],
  ] as const) {
    it(`number ${value.slice(0, 12)} is ${["less than", "equal to", "greater than"][order + 1]} ${operand.slice(0, 12)}`, () => {
      const answers = ["NumericLessThan", "NumericEquals", "NumericGreaterThan"].map((name) =>
        check(name, operand, value),
      );

      expect(answers.indexOf("true")).to.equal(order + 1);
      expect(answers.filter((answer) => answer === "true")).to.have.lengthOf(1);
    });
  }

  for (const odd of [".", "", "+", "1e", "e1", "1e2147483648", "1e99999999999999999999", "0x10", "1 ", "١"]) {
    it(`${JSON.stringify(odd)} is no number`, () => {
      expect(check("NumericNotEquals", odd, odd)).to.equal("true");
    });
  }

  for (const [date, same] of [
    ["2030", "2030-01-01T00:00:00Z"],
    ["2030-01", "2030-01-01"],
    ["2030-01-01T00", "2030-01-01"],
    ["2030-01-01T00:00", "2030-01-01"],
    ["2030-01-01T01:00:00+0100", "2030-01-01"],
    ["1893456000.0019", "2030-01-01T00:00:00.001Z"],
    ["0000000000", "1970-01-01"],
    ["1".repeat(400), "1".repeat(401)],
  ] as const) {
    it(`date ${date.slice(0, 30)} is ${same.slice(0, 30)}`, () => {
      expect(check("DateEquals", date, same)).to.equal("true");
    });
  }

  for (const odd of [
    "2030-13-01",
    "2030-02-30",
    "2030-01-01T24:00:00Z",
    "2030-01-01T00:60",
    "-1",
    "2030-1-1",
    "1e3",
    ".",
  ]) {
    it(`${odd} is no date`, () => {
      expect(check("DateNotEquals", odd, odd)).to.equal("true");
    });
  }

  for (const odd of [
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "g::",
    "::ffff:1.2.3.256",
    "12345::",
  ]) {
    it(`${odd} is no address`, () => {
      expect(check("NotIpAddress", "192.0.2.0/24", odd)).to.equal("false");
    });
  }

  it("an address of eight groups is compared whole", () => {
    expect(check("IpAddress", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8")).to.equal("true");
    expect(check("IpAddress", "1:2:3:4:5:6:7:0/112", "1:2:3:4:5:6:7:8")).to.equal("true");
    expect(check("IpAddress", "1::/x", "1::")).to.equal("false");
  });

  it("answers the same after more actions than it remembers", () => {
    const policy = parsePolicy({ Statement: { Effect: "Allow", Action: "kms:A1*", Resource: "*" } });
    const matched = (number: number) =>
      matchStatements(policy, {
        action: `kms:A${number}`,
        resource: "*",
        principal: null,
        principalHasBoundary: "false",
        lookup: (name) => ({ name, state: { kind: "absent" } }),
      }).map((one) => one.truth);
    const all = Array.from({ length: 200 }, (_, number) => number);

    const first = all.map(matched);

    expect(first).to.eql(all.map((number) => (`${number}`.startsWith("1") ? ["true"] : [])));
    expect(all.map(matched)).to.eql(first);
  });
});
