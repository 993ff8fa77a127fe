// require() of the package works too, from Node 20.19 on.
const { diagnose } = require("backup-vault-access");
const { evaluatePolicies } = require("backup-vault-access/policy");
const { backupVaultAccess } = require("backup-vault-access/testing");

if (typeof backupVaultAccess !== "function") throw new Error("require() of /testing gave no function");
if (typeof diagnose !== "function" || typeof evaluatePolicies !== "function")
  throw new Error("require() gave no functions");
console.log("require: works");
