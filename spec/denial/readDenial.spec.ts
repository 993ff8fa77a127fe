import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import type { DenialReading } from "../../lib/denial/DenialReading.js";
import { readDenial } from "../../lib/denial/readDenial.js";
import type { Denial } from "../../lib/snapshot/Snapshot.js";

/**
 * Published texts; account ids and names of persons are replaced, the wording is kept. The source is the page that prints
 * the text; where its address is not known, "constructed from:" names a page that prints the same form.
 */
const wordings = JSON.parse(readFileSync(new URL("wordings.json", import.meta.url), "utf8")) as {
  source: string;
  denial: Denial;
  reading: DenialReading;
}[];
const read = (message: string) => readDenial({ name: "AccessDeniedException", message });

const vault = "arn:aws:backup:us-west-2:111122223333:backup-vault:prod-vault";
const refused = "User: arn:aws:iam::111122223333:user/a is not authorized to perform: backup:CreateBackupVault";

describe("A denial's own words", () => {
  it("are known in at least 60 published wordings, of every policy type, implicit and explicit", () => {
    const named = wordings.flatMap(({ reading }) =>
      reading.kind === "action" ? [`${reading.policyType}: ${reading.effect}`] : [],
    );

    const printed = wordings.filter(({ source }) => source.startsWith("https://"));
    expect(new Set(printed.map(({ denial }) => denial.message)).size).to.be.at.least(60);
    // AWS knows no implicit denial by a resource control policy.
    for (const type of [
      "identity-based policy",
      "permissions boundary",
      "session policy",
      "service control policy",
      "resource-based policy",
      "VPC endpoint policy",
      "role trust policy",
    ]) {
      expect(named).to.include.members([`${type}: implicitDeny`, `${type}: explicitDeny`]);
    }
    expect(named).to.include("resource control policy: explicitDeny");
  });

  it("each have an address where they, or their form, are printed", () => {
    for (const { source } of wordings) {
      const [, address = ""] = /^(?:constructed from: )?(https:\/\/\S+?)[,;]?(?: |$)/.exec(source) ?? [];
      expect(URL.canParse(address), source).to.equal(true);
      expect(new URL(address).pathname, source).to.not.equal("/");
    }
  });

  for (const { source, denial, reading } of wordings) {
    it(`are read right: ${denial.message.replace(/\s+/g, " ").slice(0, 110)} [${source}]`, () => {
      expect(readDenial(denial)).to.deep.equal(reading);
    });
  }

  describe("mean the same", () => {
    const folded = (reading: DenialReading) => JSON.stringify(reading).toLowerCase();
    const suffix =
      " (Service: AWSBackup; Status Code: 403; Error Code: AccessDeniedException; Request ID: 1b646fd7-af06-4104-9350-c9ed82086b7c; Proxy: null)";
    const newSuffix =
      " (Service: Backup, Status Code: 403, Request ID: 1b646fd7-af06-4104-9350-c9ed82086b7c) (SDK Attempt Count: 1)";
    const cli = "An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: ";
    const retried =
      "An error occurred (AccessDeniedException) when calling the CreateBackupVault operation (reached max retries: 2): ";
    const terraform =
      "creating Backup Vault (prod-vault): operation error Backup: CreateBackupVault, https response error StatusCode: 403, RequestID: 1b646fd7-af06-4104-9350-c9ed82086b7c, api error AccessDeniedException: ";
    for (const [how, rewritten] of [
      ["with line breaks for blanks", (text: string) => text.replace(/ /g, "\r\n")],
      ["with doubled blanks and tabs", (text: string) => text.replace(/ /g, " \t ")],
      ["between blanks", (text: string) => `\n  ${text}\n`],
      ["in straight quotes", (text: string) => text.replace(/(arn:[^\s"“”\\]+)/g, '"$1"')],
      ["in curly quotes", (text: string) => text.replace(/(arn:[^\s"“”\\]+)/g, "“$1”")],
      ["with a curly apostrophe", (text: string) => text.replace(/'/g, "’")],
      ["as the AWS CLI prints them", (text: string) => `${cli}${text}`],
      ["as the AWS CLI prints them after retries", (text: string) => `${retried}${text}`],
      ["as Terraform prints them", (text: string) => `${terraform}${text}`],
      ["with the suffix of the older Java SDK", (text: string) => `${text}${suffix}`],
      ["with the suffix of the newer Java SDK", (text: string) => `${text}${newSuffix}`],
    ] as const) {
      it(how, () => {
        for (const { denial, reading } of wordings) expect(read(rewritten(denial.message))).to.deep.equal(reading);
      });
    }

    it("in capitals and in small letters", () => {
      for (const { denial, reading } of wordings) {
        expect(folded(read(denial.message.toUpperCase()))).to.equal(folded(reading));
        expect(folded(read(denial.message.toLowerCase()))).to.equal(folded(reading));
      }
    });

    it("under every name of an error", () => {
      for (const { denial, reading } of wordings) {
        expect(readDenial({ ...denial, name: "Unknown", requestId: "1b646fd7" })).to.deep.equal(reading);
      }
    });
  });

  describe("name the denying policy", () => {
    const arn = "arn:aws:organizations::444455556666:policy/o-exampleorg/service_control_policy/p-example1";
    for (const [how, text, policy] of [
      ["after a colon", `: ${arn}`, arn],
      ["after a colon without a blank", `:${arn}`, arn],
      ["before a full stop", `: ${arn}.`, arn],
      ["before a bracket that closes the body", `: ${arn}"}`, arn],
      ['after "with policy ARN:"', `, with policy ARN: ${arn}`, arn],
      ['after "with policy ARN:" without a comma', ` with policy ARN: ${arn}`, arn],
      ["by its name where it is inline", ": Deny_Backup+1@prod", "Deny_Backup+1@prod"],
      ["not where nothing follows the colon", ": ", null],
      ["not where something else follows", ". Ask your administrator.", null],
    ] as const) {
      it(how, () => {
        const reading = read(
          `${refused} on resource: ${vault} with an explicit deny in a service control policy${text}`,
        );

        expect(reading).to.include({ resource: vault, policyType: "service control policy", policy });
      });
    }

    it("that stands behind an endpoint policy", () => {
      const reading = read(
        `${refused} with an explicit deny in a VPC endpoint policy transitively through a service control policy: ${arn}`,
      );

      expect(reading).to.include({ policyType: "service control policy", effect: "explicitDeny", policy: arn });
    });
  });

  describe("name the resource", () => {
    for (const [how, text, resource] of [
      [
        "where a blank is in its name",
        "on resource: arn:aws:s3:::bucket/my file.txt",
        "arn:aws:s3:::bucket/my file.txt",
      ],
      ["where its kind stands before it", "on resource: role Deployer", "role Deployer"],
      ["where it is everything", "on resource: *", "*"],
      ['not where it is "this resource"', "on this resource", null],
      ["not where it is missing", "on resource:", null],
      ["not where it is in quotes and empty", 'on resource: ""', null],
    ] as const) {
      it(how, () => {
        expect(read(`${refused} ${text}`)).to.include({ resource });
        expect(
          read(`${refused} ${text} because no session policy allows the backup:CreateBackupVault action`),
        ).to.include({ resource, policyType: "session policy" });
        expect(read(`${refused} ${text} with an explicit deny`)).to.include({ resource, effect: "explicitDeny" });
      });
    }
  });

  it("name the user that stands nearest before the action", () => {
    expect(read(`The request of User: nobody was refused. ${refused}`)).to.include({
      user: "arn:aws:iam::111122223333:user/a",
    });
  });

  it("name the action also without the colon before it", () => {
    expect(read(refused.replace("perform:", "perform"))).to.include({ action: "backup:CreateBackupVault" });
  });

  it("give the authorization id also where the link is missing", () => {
    expect(
      read(
        `${refused}. Call the GetRequestAuthorizationDetails API with the following authorization id: b5m5v5taprqh3yoluoo4`,
      ),
    ).to.include({ authorizationId: "b5m5v5taprqh3yoluoo4" });
  });

  for (const phrase of [
    "with an explicit deny in a declarative guard policy",
    "with an explicit deny in a policy",
    "with an explicit deny in something new",
  ]) {
    it(`that deny "${phrase}" name the action, and no policy type`, () => {
      expect(read(`${refused} ${phrase}`)).to.include({
        action: "backup:CreateBackupVault",
        policyType: null,
        effect: "explicitDeny",
        policy: null,
      });
    });
  }

  it("that no new type of policy allows name the action, and no policy type", () => {
    expect(
      read(`${refused} because no declarative guard policy allows the backup:CreateBackupVault action`),
    ).to.include({ action: "backup:CreateBackupVault", policyType: null, effect: "implicitDeny" });
  });

  for (const [message, kind] of [
    ["", "opaque"],
    [" \r\n\t ", "opaque"],
    ["null (Service: AWSBackup; Status Code: 403; Error Code: AccessDeniedException; Request ID: 1b646fd7)", "opaque"],
    ["AccessDeniedException", "opaque"],
    ["UnknownError", "opaque"],
    ["Unknown (403)", "opaque"],
    ["Forbidden", "opaque"],
    ["Access is denied.", "opaque"],
    ["KMS key Alias is not supported by AWS Backup", "other"],
    ["Rate exceeded", "other"],
    ["The security token included in the request is expired", "other"],
    ["is not authorized to perform: ", "other"],
  ] as const) {
    it(`"${message.trim().slice(0, 60)}" is ${kind}`, () => {
      expect(read(message)).to.deep.equal({ kind });
    });
  }

  describe("that are very long", () => {
    const read20k = 20_000;
    const endless = 1_000_000;

    it("are read as far as 20,000 characters, and no further", () => {
      expect(read(`${"x ".repeat((read20k - 200) / 2)}${refused}`).kind).to.equal("action");
      expect(read(`${"x ".repeat(read20k / 2)}${refused}`)).to.deep.equal({ kind: "other" });
      expect(read(`${" ".repeat(read20k)}${refused}`)).to.deep.equal({ kind: "opaque" });
    });

    // A pattern that went back and forth over one of these would not come to an end within mocha's limit.
    for (const part of [
      " ",
      "\\",
      '\\"',
      "User: ",
      "User:",
      "AccessDenied: ",
      "AccessDenied) when calling the ",
      "AccessDenied) when calling the x operation (",
      "Resource handler returned message: ",
      "is not authorized to perform: ",
      "is not authorized to perform: a-",
      " with an explicit deny in a ",
      " because no ",
      " because the role trust ",
      " (Service: ",
      "status code: ",
      "authorization-details/",
      " transitively through a ",
    ]) {
      it(`are read no further though made of "${part}"`, () => {
        for (const start of ["", `${refused} on resource: `, `${refused} with an explicit deny in a session policy`]) {
          const hostile = start + part.repeat(endless / part.length);

          expect(read(hostile)).to.deep.equal(read(hostile.slice(0, read20k)));
        }
      });
    }
  });

  describe("whatever they are", () => {
    const kinds = ["action", "backup-storage-and-kms", "opaque", "encoded", "other"];

    it("are read without an error", () => {
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (message) =>
          kinds.includes(read(message).kind),
        ),
      );
    });

    it("are read without an error though made of pieces of real ones", () => {
      const pieces = [...new Set(wordings.flatMap(({ denial }) => denial.message.split(/(?<=[\s:,.])/)))];

      fc.assert(
        fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (some) =>
          kinds.includes(read(some.join("")).kind),
        ),
      );
    });

    it("name only what stands in them", () => {
      fc.assert(
        fc.property(fc.constantFrom(...wordings), fc.string(), ({ denial }, more) => {
          const message = `${denial.message} ${more}`.replace(/\\?["“”]/g, "").replace(/\s+/g, " ");
          const reading = read(message);
          if (reading.kind !== "action") return;
          for (const said of [reading.user, reading.resource, reading.action, reading.policy]) {
            if (said !== null) expect(message).to.include(said);
          }
        }),
      );
    });
  });
});
