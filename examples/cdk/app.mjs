// `npm install --no-save aws-cdk-lib constructs && npm run synth` makes cdk.out anew, which is committed so that CI need not
// install 180 MB to read one template.
import { App, RemovalPolicy, Stack } from "aws-cdk-lib";
import { BackupVault } from "aws-cdk-lib/aws-backup";
import { Key } from "aws-cdk-lib/aws-kms";

const app = new App({ outdir: "cdk.out", analyticsReporting: false });
const stack = new Stack(app, "Vaults", { env: { account: "111122223333", region: "us-west-2" } });
const keyArn = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

new BackupVault(stack, "Prod", { backupVaultName: "prod-vault", removalPolicy: RemovalPolicy.RETAIN });
new BackupVault(stack, "Audit", {
  backupVaultName: "audit-vault",
  encryptionKey: Key.fromKeyArn(stack, "AuditKey", keyArn),
  removalPolicy: RemovalPolicy.RETAIN,
});
app.synth();
