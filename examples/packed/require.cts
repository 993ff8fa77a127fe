// The types of require(), from TypeScript 5.8 on. scripts/check-package.mjs compiles it.
import access = require("backup-vault-access");
import reporters = require("backup-vault-access/report");

export const explain = (snapshot: string): string =>
  reporters.report(access.diagnose(access.parseSnapshot(snapshot)), "markdown");
