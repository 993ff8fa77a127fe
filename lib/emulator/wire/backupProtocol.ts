import type { Input, Output } from "../Call.js";
import type { ServiceError } from "../ServiceError.js";
import { jsonObject, toJson } from "./jsonProtocol.js";
import type { ReadRequest, WireRequest, WireResponse } from "./WireRequest.js";

const verbs = { PUT: "Put", GET: "Get", DELETE: "Delete" } as const;

/** What belongs to a vault and is put, got and deleted by itself. */
function partRoutes(part: string, name: string, methods: (keyof typeof verbs)[]) {
  const path = `/backup-vaults/{BackupVaultName}/${part}`;
  return methods.map((method) => ({ method, path, operation: `${verbs[method]}${name}` }));
}

/** Method and path of each operation of AWS Backup that is known; names in braces are members of the input. */
const routes: readonly { method: string; path: string; operation: string }[] = [
  { method: "PUT", path: "/backup-vaults/{BackupVaultName}", operation: "CreateBackupVault" },
  { method: "GET", path: "/backup-vaults/{BackupVaultName}", operation: "DescribeBackupVault" },
  { method: "DELETE", path: "/backup-vaults/{BackupVaultName}", operation: "DeleteBackupVault" },
  { method: "GET", path: "/backup-vaults", operation: "ListBackupVaults" },
  {
    method: "PUT",
    path: "/logically-air-gapped-backup-vaults/{BackupVaultName}",
    operation: "CreateLogicallyAirGappedBackupVault",
  },
  ...partRoutes("access-policy", "BackupVaultAccessPolicy", ["PUT", "GET", "DELETE"]),
  ...partRoutes("notification-configuration", "BackupVaultNotifications", ["PUT", "GET", "DELETE"]),
  ...partRoutes("vault-lock", "BackupVaultLockConfiguration", ["PUT", "DELETE"]),
  {
    method: "GET",
    path: "/backup-vaults/{BackupVaultName}/recovery-points",
    operation: "ListRecoveryPointsByBackupVault",
  },
  {
    method: "GET",
    path: "/backup-vaults/{BackupVaultName}/recovery-points/{RecoveryPointArn}",
    operation: "DescribeRecoveryPoint",
  },
  {
    method: "DELETE",
    path: "/backup-vaults/{BackupVaultName}/recovery-points/{RecoveryPointArn}",
    operation: "DeleteRecoveryPoint",
  },
  { method: "GET", path: "/tags/{ResourceArn}", operation: "ListTags" },
  { method: "POST", path: "/tags/{ResourceArn}", operation: "TagResource" },
  { method: "POST", path: "/untag/{ResourceArn}", operation: "UntagResource" },
];

/** REST JSON: the operation is told by method and path. */
export function routed(request: WireRequest): { operation: string; labels: Record<string, string> } {
  const segments = request.path.replace(/\/$/, "").split("/");
  for (const { method, path, operation } of routes) {
    const labels = method === request.method ? labelsIn(path.split("/"), segments) : null;
    if (labels !== null) return { operation, labels };
  }
  return { operation: "", labels: {} };
}

export function readBackupInput(request: ReadRequest): { operation: string; input: Input } {
  const { operation, labels } = routed(request);
  const query = Object.fromEntries(new URLSearchParams(request.query));
  return { operation, input: { ...query, ...jsonObject(request.body), ...labels } };
}

function labelsIn(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const labels: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    const [, label] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (label !== undefined) labels[label] = decode(segment);
    else if (part !== segment) return null;
  }
  return labels;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function backupAnswer(output: Output | undefined, requestId: string): WireResponse {
  return {
    status: 200,
    headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
    body: output === undefined ? "" : toJson(output),
  };
}

export function backupError(error: ServiceError, requestId: string): WireResponse {
  return {
    status: error.status,
    headers: {
      "content-type": "application/json",
      "x-amzn-requestid": requestId,
      "x-amzn-errortype": `${error.code}:http://internal.amazon.com/coral/com.amazonaws.cryo/`,
    },
    body: toJson({ message: error.message, Message: error.message, ...error.members }),
  };
}
