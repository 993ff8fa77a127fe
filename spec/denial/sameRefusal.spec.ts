import { expect } from "chai";
import { readDenials } from "../../lib/denial/readDenials.js";

const words = "Insufficient privileges to perform this action.";
const other = "arn:aws:sts::444455556666:assumed-role/Other/x";
const caller = "arn:aws:sts::444455556666:assumed-role/Deployer/ci-run-1";
const tool = `An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: ${words}`;

const told = (text: string) =>
  readDenials(text).denials.map(({ principalArn, accountId, region, backupVaultName }) =>
    [principalArn, accountId, region, backupVaultName].join(" "),
  );

function record(of: { arn?: string; region?: string; vault?: string; eventID?: string; requestID?: string }): object {
  const { arn, region, vault, ...ids } = of;
  return {
    eventSource: "backup.amazonaws.com",
    eventName: "CreateBackupVault",
    errorCode: "AccessDenied",
    errorMessage: words,
    ...(region !== undefined && { awsRegion: region }),
    ...(vault !== undefined && { requestParameters: { backupVaultName: vault } }),
    ...(arn !== undefined && { userIdentity: { arn } }),
    ...ids,
  };
}

const id = (last: number) => `11111111-2222-3333-4444-55555555555${last}`;

describe("Two refusals with the same words", () => {
  for (const [what, one, two] of [
    ["principals", { arn: other }, { arn: caller }],
    ["Regions", { arn: caller, region: "us-west-2" }, { arn: caller, region: "eu-west-1" }],
    ["vaults", { arn: caller, vault: "dev-vault" }, { arn: caller, vault: "prod-vault" }],
    ["events", { arn: caller, eventID: id(0) }, { arn: caller, eventID: id(1) }],
    ["records, of which one does not say whose", {}, { arn: caller }],
  ] as const) {
    it(`are two where they are of different ${what}`, () => {
      expect(told(JSON.stringify({ Records: [record(one), record(two)] }))).to.have.length(2);
    });
  }

  it("are two in a table's rows of different principals, also without words", () => {
    for (const said of ["", words]) {
      const row = (arn: string) => `CreateBackupVault,AccessDenied,${said},${arn}\n`;
      const table = `eventname,errorcode,errormessage,useridentity_arn\n${row(other)}${row(caller)}`;

      expect(readDenials(table).denials.map(({ principalArn }) => principalArn)).to.deep.equal([other, caller]);
    }
  });

  it("are two where one is the tool's own and the other a record of somebody's: it lends its principal to nobody", () => {
    const event = JSON.stringify(record({ arn: other, region: "us-west-2" }), null, 2);

    expect(told(`${tool}\n\n${event}\n`)).to.deep.equal(["   ", `${other} 444455556666 us-west-2 `]);
  });

  it("are two where a stack set refuses in two accounts", () => {
    const instance = (account: string) =>
      `Account: ${account}, Region: us-west-2, Status: OUTDATED, Reason: ResourceLogicalId:Vault, ` +
      `ResourceType:AWS::Backup::BackupVault, ResourceStatusReason: Resource handler returned message: ` +
      `"${words} (Service: Backup, Status Code: 403)" CREATE_FAILED\n`;

    expect(told(`${instance("111122223333")}\n${instance("444455556666")}`)).to.deep.equal([
      " 111122223333 us-west-2 ",
      " 444455556666 us-west-2 ",
    ]);
  });

  it("are two in the console's table where its user names are of different callers", () => {
    const table =
      "Event name,User name,Error code\nCreateBackupVault,alice,AccessDenied\nCreateBackupVault,bob,AccessDenied\n";

    expect(readDenials(table).denials.map(({ userName }) => userName)).to.deep.equal(["alice", "bob"]);
  });

  it("are one where the tool's own and the caller's record agree in everything: the record adds the key and the event", () => {
    const key = "arn:aws:kms:us-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const denied = `User: ${caller} is not authorized to perform: kms:CreateGrant on resource: ${key} because no identity-based policy allows the kms:CreateGrant action`;
    const said = tool.replace(words, denied);
    const event = (of: Parameters<typeof record>[0]) =>
      JSON.stringify(
        { ...record({ arn: caller, region: "us-west-2", vault: "prod-vault", ...of }), errorMessage: denied },
        null,
        2,
      );
    const both = readDenials(`${said}\n\n${event({ eventID: id(0) })}\n`).denials;

    expect(both).to.have.length(1);
    expect(both[0]).to.deep.include({ backupVaultName: "prod-vault", record: { eventId: id(0) } });
    for (const other of [
      `${said}\n\n${event({ region: "eu-west-1" })}\n`,
      `${said} (RequestID: ${id(1)})\n\n${event({ requestID: id(2) })}\n`,
      `${said}\n\n${event({}).replace("CreateBackupVault", "CreateLogicallyAirGappedBackupVault")}\n`,
    ]) {
      expect(told(other), other).to.have.length(2);
    }
  });

  it("are one where both tell the same event", () => {
    const records = [record({ arn: caller, eventID: id(0) }), record({ eventID: id(0), vault: "prod-vault" })];

    expect(told(JSON.stringify({ Records: records }))).to.deep.equal([`${caller} 444455556666  prod-vault`]);
  });

  it("are one where a tool says it again, here with the vault's name and there with its Region", () => {
    expect(told(`${tool}\n\n${tool}\n`)).to.have.length(1);
  });
});

describe("A table of the CloudTrail console's", () => {
  const vaultOf = (column: string, cell: string) => {
    const table = `Event name,Event source,${column},AWS region,Error code\nCreateBackupVault,backup.amazonaws.com,${cell},us-west-2,AccessDenied\n`;
    return readDenials(table).denials.map(({ backupVaultName, region }) => [backupVaultName, region]);
  };

  it("tells which vault was refused, by its name or its ARN", () => {
    const arn = "arn:aws:backup:us-west-2:444455556666:backup-vault:dev-vault";

    expect(vaultOf("Resource name", "dev-vault")).to.deep.equal([["dev-vault", "us-west-2"]]);
    expect(vaultOf("Resource name", arn)).to.deep.equal([["dev-vault", "us-west-2"]]);
    expect(vaultOf("Resources", "dev-vault")).to.deep.equal([["dev-vault", "us-west-2"]]);
    expect(vaultOf("Resources", "-")).to.deep.equal([[null, "us-west-2"]]);
  });
});

describe("A list of CloudTrail's records in YAML", () => {
  it("tells of each item by itself: a deletion's refusal is not the creation's", () => {
    const list = "- eventName: CreateBackupVault\n- errorCode: AccessDenied\n  eventName: DeleteBackupVault\n";

    expect(readDenials(list).denials.map(({ operation }) => operation)).to.deep.equal(["DeleteBackupVault"]);
  });
});
