import { type ServiceName, serviceNames } from "../Call.js";
import type { WireRequest } from "./WireRequest.js";

/** Which service a request is for: told by its headers, its path or its form, else by its signature. */
export function serviceOf(request: WireRequest, signedFor: string | undefined): ServiceName | null {
  const target = request.headers["x-amz-target"] ?? "";
  if (target.startsWith("TrentService.")) return "kms";
  if (target.startsWith("AWSOrganizations")) return "organizations";
  if (/CloudTrail_20131101\.\w*$/.test(target)) return "cloudtrail";
  if (/^\/(backup-vaults|logically-air-gapped-backup-vaults|tags|untag)(\/|$)/.test(request.path)) return "backup";
  const version = /(?:^|&)Version=([\d-]+)/.exec(request.body?.toString("latin1") || request.query)?.[1];
  if (version === "2010-05-08") return "iam";
  if (version === "2011-06-15") return "sts";
  if (version === "2016-11-15") return "ec2";
  return serviceNames.find((name) => name === signedFor) ?? null;
}
