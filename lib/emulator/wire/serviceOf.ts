import { type ServiceName, serviceNames } from "../Call.js";
import type { WireRequest } from "./WireRequest.js";

/** Which service a request is for: told by its signature, else by its headers, its path or its form. */
export function serviceOf(request: WireRequest, signedFor: string | undefined): ServiceName | null {
  const named = serviceNames.find((name) => name === signedFor);
  if (named !== undefined) return named;
  const target = request.headers["x-amz-target"] ?? "";
  if (target.startsWith("TrentService.")) return "kms";
  if (target.startsWith("AWSOrganizations")) return "organizations";
  if (/CloudTrail_20131101\.\w*$/.test(target)) return "cloudtrail";
  if (/^\/(backup-vaults|tags|untag)(\/|$)/.test(request.path)) return "backup";
  const version = /(?:^|&)Version=([\d-]+)/.exec(request.body.toString("utf8"))?.[1];
  if (version === "2010-05-08") return "iam";
  return version === "2011-06-15" ? "sts" : null;
}
