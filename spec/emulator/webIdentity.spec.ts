import { generateKeyPairSync, sign } from "node:crypto";
import { BackupClient, CreateBackupVaultCommand } from "@aws-sdk/client-backup";
import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { Emulator } from "../../lib/emulator/index.js";
import type { PolicyDocument, PolicyStatement } from "../../lib/policy/PolicyDocument.js";
import { failureOf, served } from "./served.js";
import { signed } from "./signed.js";
import { accountId, allow, keyArn, memberWorld } from "./worlds.js";

/*
 * What live STS was recorded to answer to signed tokens: [STACKD] github.com/radkawar/stackd @9dc356f,
 * internal/services/sts/testdata/oidc/aws.json and README.md (186 observations of 2026-09-11); providers: LocalStack's
 * AWS-validated tests, tests/aws/services/iam/test_iam_oidc.snapshot.json [LS].
 */

const host = "idp.example.com/ci";
const iss = `https://${host}`;
const provider = `arn:aws:iam::${accountId}:oidc-provider/${host}`;
const deployer = `arn:aws:iam::${accountId}:role/team/Deployer`;
const now = () => Math.floor(Date.now() / 1000);
type Claims = Record<string, unknown>;

/** A world whose Deployer trusts a provider, with what is said of it. */
function trusting(statements: Partial<PolicyStatement>[] = [{}], more: object = {}) {
  const world = memberWorld({ identity: allow("backup:*", "backup-storage:*", "kms:*") });
  const [account] = world.accounts;
  const [role] = account?.roles ?? [];
  if (account !== undefined) {
    account.oidcProviders = [{ url: iss, clientIds: ["deployers", "others"], thumbprints: [], tags: {}, ...more }];
  }
  const usual = {
    Effect: "Allow" as const,
    Principal: { Federated: provider },
    Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"],
  };
  if (role !== undefined) {
    role.trustPolicy = { Version: "2012-10-17", Statement: statements.map((one) => ({ ...usual, ...one })) };
  }
  return world;
}

/** Without credentials, as workloads call it. */
function assuming(emulator: Emulator, WebIdentityToken: string, more: object = {}) {
  const { endpoint, region } = emulator.clientConfig();
  const sts = new STSClient({ endpoint, region, maxAttempts: 1 });
  return sts.send(
    new AssumeRoleWithWebIdentityCommand({ RoleArn: deployer, RoleSessionName: "ci", WebIdentityToken, ...more }),
  );
}
const token = (emulator: Emulator, claims: Claims = {}) =>
  emulator.webIdentityToken({ iss, aud: "deployers", sub: "repo:vaults", ...claims });

describe("sts:AssumeRoleWithWebIdentity", () => {
  it("gives a session to whom a provider's token names, who can then create a vault", () =>
    served({ world: trusting() }, async (emulator) => {
      const answer = await assuming(emulator, token(emulator));
      expect(answer).to.include({
        Provider: provider,
        Audience: "deployers",
        SubjectFromWebIdentityToken: "repo:vaults",
      });
      expect(answer.AssumedRoleUser?.Arn).to.equal(`arn:aws:sts::${accountId}:assumed-role/Deployer/ci`);
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer.Credentials ?? {};
      const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
      const config = { ...emulator.clientConfig(), credentials };
      const who = await new STSClient(config).send(new GetCallerIdentityCommand({}));
      expect(who.Arn).to.equal(answer.AssumedRoleUser?.Arn);
      await new BackupClient(config).send(
        new CreateBackupVaultCommand({ BackupVaultName: "made", EncryptionKeyArn: keyArn }),
      );
      const event = emulator.cloudTrail.find(({ eventName }) => eventName === "AssumeRoleWithWebIdentity");
      expect(event?.userIdentity).to.deep.equal({
        type: "WebIdentityUser",
        principalId: `${provider}:deployers:repo:vaults`,
        userName: "repo:vaults",
        identityProvider: provider,
      });
      expect(JSON.stringify(event)).not.to.include("webIdentityToken");
    }));

  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "own" };
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const ownToken = (claims: Claims, head: Claims = {}) => {
    const usual = { iss, aud: "deployers", sub: "x", iat: now(), exp: now() + 60 };
    const text = `${encoded({ alg: "RS256", kid: "own", ...head })}.${encoded({ ...usual, ...claims })}`;
    return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
  };

  it("takes tokens that a described provider's own keys signed, and no others", () =>
    served({ world: trusting([{}], { keys: [jwk] }) }, async (emulator) => {
      await assuming(emulator, ownToken({}));
      expect((await failureOf(assuming(emulator, ownToken({}, { alg: "RS384" })))).name).to.equal(
        "InvalidIdentityTokenException",
      );
      expect((await failureOf(assuming(emulator, ownToken({}, { kid: "other" })))).message).to.match(
        /^Couldn't retrieve verif/,
      );
      expect((await failureOf(assuming(emulator, ownToken({}, { alg: "none" })))).message).to.match(
        /could not be validated/,
      );
      expect((await failureOf(assuming(emulator, token(emulator)))).message).to.match(
        /^Couldn't retrieve verification key/,
      );
    }));

  const generic =
    "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.";
  const refused: [what: string, claims: () => Claims, message: string | RegExp, name?: string][] = [
    ...["iss", "sub", "aud", "iat", "exp"].map((claim): [string, () => Claims, string] => [
      `no ${claim} [STACKD]`,
      () => ({ [claim]: null }),
      `Missing a required claim: ${claim}`,
    ]),
    [
      "two audiences and no authorized party [STACKD]",
      () => ({ aud: ["deployers", "others"] }),
      "Token audience contains more than one audience while authorized party is not present",
    ],
    ["an authorized party that the provider does not know [STACKD]", () => ({ azp: "strangers" }), generic],
    ["an empty authorized party [STACKD]", () => ({ azp: "" }), generic],
    [
      "an expiry five minutes ago [STACKD]",
      () => ({ exp: now() - 330 }),
      /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
      "ExpiredTokenException",
    ],
    ["an issue an hour from now [STACKD]", () => ({ iat: now() + 3600 }), /^Token issued in the future: \d+$/],
    [
      "a beginning an hour from now [STACKD]",
      () => ({ nbf: now() + 3600 }),
      /^Token not yet valid: current date\/time \d+ must be after or equal to the not-before date\/time \d+$/,
    ],
    ["a time with a fraction [STACKD]", () => ({ exp: now() + 3600.5 }), generic],
    ["an audience that the provider does not know", () => ({ aud: "strangers" }), "Incorrect token audience"],
    [
      "an issuer that is no provider of the account",
      () => ({ iss: "https://other.example.com" }),
      "No OpenIDConnect provider found in your account for https://other.example.com",
    ],
    [
      "roles without the one that is asked for [STACKD]",
      () => ({ "https://aws.amazon.com/roles": [`${deployer}Not`] }),
      generic,
    ],
  ];
  for (const [what, claims, message, name = "InvalidIdentityTokenException"] of refused) {
    it(`refuses a token with ${what}`, () =>
      served({ world: trusting() }, async (emulator) => {
        const failure = await failureOf(assuming(emulator, token(emulator, claims())));
        expect(failure).to.include({ name, status: 400 });
        if (typeof message === "string") expect(failure.message).to.equal(message);
        else expect(failure.message).to.match(message);
      }));
  }

  const taken: [what: string, claims: () => Claims, answer?: object][] = [
    ["an expiry some seconds ago [STACKD]", () => ({ exp: now() - 60 })],
    ["an issue a minute from now [STACKD]", () => ({ iat: now() + 60 })],
    ["times as texts [STACKD]", () => ({ nbf: String(now()), exp: String(now() + 60) })],
    ["an empty subject [STACKD]", () => ({ sub: "" })],
    ["a list of one audience [STACKD]", () => ({ aud: ["deployers"] })],
    [
      "an authorized party beside another audience [STACKD]",
      () => ({ aud: "any", azp: "others" }),
      { Audience: "others" },
    ],
    ["the role that is asked for [STACKD]", () => ({ "https://aws.amazon.com/roles": ` ${deployer} ;x` })],
  ];
  for (const [what, claims, answer = {}] of taken) {
    it(`takes a token with ${what}`, () =>
      served({ world: trusting() }, async (emulator) => {
        expect(await assuming(emulator, token(emulator, claims()))).to.include(answer);
      }));
  }

  const named = { [`${host}:sub`]: "repo:vaults" };
  const trusts: [what: string, statements: Partial<PolicyStatement>[], passes: boolean, claims?: Claims][] = [
    ["the provider alone", [{}], true],
    ["the provider under the token's subject", [{ Condition: { StringEquals: named } }], true],
    ["the provider under another subject", [{ Condition: { StringEquals: named } }], false, { sub: "repo:other" }],
    ["the provider under its audience", [{ Condition: { StringEquals: { [`${host}:aud`]: "others" } } }], false],
    ["every AWS principal [STACKD]", [{ Principal: { AWS: "*" } }], false],
    ["another provider", [{ Principal: { Federated: `${provider}/other` } }], false],
    [
      "the provider's account as the principal's [STACKD]",
      [{ Condition: { StringEquals: { "aws:PrincipalAccount": accountId } } }],
      true,
    ],
    ["a principal of type User [STACKD]", [{ Condition: { StringEquals: { "aws:PrincipalType": "User" } } }], true],
    ["the provider as aws:userid [STACKD]", [{ Condition: { StringEquals: { "aws:userid": provider } } }], true],
    ["a principal without ARN [STACKD]", [{ Condition: { Null: { "aws:PrincipalArn": "true" } } }], true],
    [
      "who was authorized by the provider [STACKD]",
      [{ Condition: { Bool: { "sts:RoleAuthorizedByIdp": "true" } } }],
      false,
    ],
    ["the provider, and denies everybody", [{}, { Effect: "Deny", Principal: "*" }], false],
    ["tags that are not there", [{ Condition: { StringEquals: { "aws:RequestTag/team": "storage" } } }], false],
    [
      "the tags that the token brings",
      [{ Condition: { StringEquals: { "aws:RequestTag/team": "storage" } } }],
      true,
      { "https://aws.amazon.com/tags": { principal_tags: { team: ["storage"] }, transitive_tag_keys: ["team"] } },
    ],
    [
      "a tag whose key is __proto__, which the token brings",
      [{ Condition: { StringEquals: { "aws:RequestTag/__proto__": "storage" } } }],
      true,
      { "https://aws.amazon.com/tags/principal_tags/__proto__": "storage" },
    ],
    [
      "no tags, where the token brings some",
      [{ Action: "sts:AssumeRoleWithWebIdentity" }],
      false,
      { "https://aws.amazon.com/tags/principal_tags/team": "storage" },
    ],
    [
      "no source identity, where the token brings one",
      [{ Action: "sts:AssumeRoleWithWebIdentity" }],
      false,
      { "https://aws.amazon.com/source_identity": "alice" },
    ],
  ];
  for (const [what, statements, passes, claims] of trusts) {
    it(`${passes ? "passes" : "is refused by"} a trust policy that names ${what}`, () =>
      served({ world: trusting(statements) }, async (emulator) => {
        const assumed = assuming(emulator, token(emulator, claims));
        if (passes) await assumed;
        else {
          expect(await failureOf(assumed)).to.deep.equal({
            name: "AccessDenied",
            message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
            status: 403,
          });
        }
      }));
  }

  it("is kept out by a resource control policy of the role's account", () => {
    const world = trusting();
    const fence: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "sts:AssumeRoleWithWebIdentity", Resource: "*" }],
    };
    const [organization] = world.organizations;
    const policy = { id: "p-fence0001", name: "Fence", type: "RESOURCE_CONTROL_POLICY" as const, document: fence };
    organization?.policies.push(policy);
    organization?.targets.find(({ id }) => id === accountId)?.policies.push(policy.id);
    return served({ world }, async (emulator) => {
      expect((await failureOf(assuming(emulator, token(emulator)))).name).to.equal("AccessDenied");
      expect(emulator.requests.at(-1)?.decisions[0]).to.include({ layer: "resource control policy" });
    });
  });

  for (const [what, form] of [
    ["another operation", "Action=CreateUser&Version=2010-05-08&UserName=eve"],
    ["another operation of STS", "Action=GetCallerIdentity&Version=2011-06-15"],
    ["two operations", "Action=AssumeRoleWithWebIdentity&Action=GetCallerIdentity&Version=2011-06-15"],
    [
      "two operations, the other way round",
      "Action=GetCallerIdentity&Action=AssumeRoleWithWebIdentity&Version=2011-06-15",
    ],
    [
      "an operation hidden in its spelling",
      "Action=AssumeRoleWithWebIdentity&A%63tion=GetCallerIdentity&Version=2011-06-15",
    ],
  ] as const) {
    it(`opens no door for ${what} without a signature`, () =>
      served({ world: trusting() }, async (emulator) => {
        const headers = { "content-type": "application/x-www-form-urlencoded" };
        const answer = await fetch(emulator.url, { method: "POST", headers, body: form });
        expect(answer.status).to.equal(403);
        expect(await answer.text()).to.include("MissingAuthenticationToken");
      }));
  }

  const posted = (emulator: Emulator, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(emulator.url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: new URLSearchParams({
        Action: "AssumeRoleWithWebIdentity",
        Version: "2011-06-15",
        RoleArn: deployer,
        RoleSessionName: "ci",
        ...fields,
      }).toString(),
    });
  const told = (emulator: Emulator) => JSON.stringify([emulator.requests, emulator.cloudTrail]);

  it("knows whom the token names and nobody else, also where somebody signs the call", () =>
    served({ world: trusting() }, async (emulator) => {
      const body = new URLSearchParams({
        Action: "AssumeRoleWithWebIdentity",
        Version: "2011-06-15",
        RoleArn: deployer,
        RoleSessionName: "ci",
        WebIdentityToken: token(emulator),
      }).toString();
      const plain = { method: "POST", path: "/", service: "sts", headers: {}, body };
      const credentials = emulator.credentialsFor(`arn:aws:iam::${accountId}:user/alice`);
      const answer = await fetch(emulator.url, {
        method: "POST",
        body,
        headers: signed(plain, new URL(emulator.url).host, credentials, "us-west-2"),
      });
      expect(answer.status).to.equal(200);
      expect(emulator.cloudTrail[0]?.userIdentity.type).to.equal("WebIdentityUser");
    }));

  it("hears out nobody who sends more than 64 KiB without a signature", () =>
    served({ world: trusting() }, async (emulator) => {
      const answer = await posted(emulator, { WebIdentityToken: "x".repeat(65_536) });
      expect(answer.status).to.equal(413);
      expect(await answer.text()).to.include("<Code>RequestEntityTooLarge</Code>");
    }));

  it("leaves of an unsigned call that is refused no more than whom it names", () =>
    served({ world: trusting() }, async (emulator) => {
      const long = "x".repeat(10_000);
      const fields = { Policy: long, "Tags.member.1.Key": long, "PolicyArns.member.1.arn": long, Other: long };
      expect((await posted(emulator, { ...fields, WebIdentityToken: long })).status).to.equal(400);
      expect((await posted(emulator, { ...fields, RoleArn: long })).status).to.equal(400);
      expect(told(emulator)).to.include(deployer);
      expect(told(emulator)).not.to.include("x".repeat(1_025));
      expect(emulator.cloudTrail).to.have.length(2);
    }));

  it("keeps no token in the log, of who was let in no more than of who was not", () =>
    served({ world: trusting() }, async (emulator) => {
      const WebIdentityToken = token(emulator);
      await assuming(emulator, WebIdentityToken, { Policy: JSON.stringify(allow("kms:*")) });
      await failureOf(assuming(emulator, `${WebIdentityToken}x`));
      expect(told(emulator)).not.to.include(WebIdentityToken);
      expect(emulator.requests[0]?.input).to.include({ RoleArn: deployer, Policy: JSON.stringify(allow("kms:*")) });
    }));

  for (const [name, value] of [
    ["origin", "https://example.com"],
    ["sec-fetch-site", "cross-site"],
  ] as const) {
    it(`is closed to web pages: ${name}`, () =>
      served({ world: trusting() }, async (emulator) => {
        const { requestHandler } = emulator;
        const { response } = await requestHandler.handle({
          method: "POST",
          path: "/",
          headers: { host: "127.0.0.1", [name]: value },
          body: `Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=${token(emulator)}`,
        });
        expect(response.statusCode).to.equal(403);
        expect(emulator.cloudTrail).to.deep.equal([]);
      }));
  }

  it("refuses claims that are nested without end as it refuses what is no token", () =>
    served({ world: trusting() }, async (emulator) => {
      const nested = Buffer.from(
        `{"iss":${"[".repeat(7_000)}${"]".repeat(7_000)},"sub":"x","aud":"x","iat":${now()},"exp":${now() + 60}}`,
      ).toString("base64url");
      for (const odd of [`${encoded({ alg: "ES256" })}.${nested}.x`, ownToken({ more: "x".repeat(20_000) })]) {
        const failure = await failureOf(assuming(emulator, odd));
        expect(failure).to.include({ name: "InvalidIdentityTokenException", status: 400 });
        expect(failure.message).to.match(/^The ID Token provided is not a valid JWT/);
      }
    }));

  for (const odd of ["", "a.b.c", "....", "e30.e30.e30", `${encoded([])}.${encoded([])}.x`, "x".repeat(30_000)]) {
    it(`answers what is no token with a refusal: ${odd.slice(0, 20)}`, () =>
      served({ world: trusting() }, async (emulator) => {
        expect((await failureOf(assuming(emulator, odd || " "))).status).to.equal(400);
      }));
  }
});

describe("OpenID Connect providers", () => {
  it("are made, told, changed and deleted in IAM's words [LS]", () =>
    served({ world: memberWorld() }, async (emulator) => {
      const iam = new IAMClient({ ...emulator.clientConfig(), maxAttempts: 1 });
      const input = { Url: iss, ClientIDList: ["deployers"], ThumbprintList: ["b".repeat(40)] };
      const { OpenIDConnectProviderArn } = await iam.send(new CreateOpenIDConnectProviderCommand(input));
      expect(OpenIDConnectProviderArn).to.equal(provider);
      expect(await failureOf(iam.send(new CreateOpenIDConnectProviderCommand(input)))).to.deep.equal({
        name: "EntityAlreadyExistsException",
        message: `Provider with url ${iss} already exists.`,
        status: 409,
      });
      const five = { Url: "https://five.example.com", ThumbprintList: Array.from({ length: 6 }, () => "b".repeat(40)) };
      expect((await failureOf(iam.send(new CreateOpenIDConnectProviderCommand(five)))).message).to.equal(
        "Thumbprint list must contain fewer than 5 entries.",
      );
      const wrong = iam.send(new CreateOpenIDConnectProviderCommand({ Url: "http://plain.example.com" }));
      expect((await failureOf(wrong)).message).to.equal("Invalid Open ID Connect Provider URL");
      await iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: "others" }));
      const got = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
      expect(got).to.deep.include({ ClientIDList: ["deployers", "others"], Tags: [] });
      const list = await iam.send(new ListOpenIDConnectProvidersCommand({}));
      expect(list.OpenIDConnectProviderList).to.deep.equal([{ Arn: provider }]);
      await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
      const gone = iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
      expect((await failureOf(gone)).message).to.equal(`OpenIDConnect Provider not found for arn ${provider}`);
      const twice = iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
      expect((await failureOf(twice)).message).to.equal(`OpenId connect Provider ${provider} cannot be found.`);
    }));
});
