import { parsePrincipalArn } from "../facts/arn.js";
import { serviceLinkedPath } from "../facts/names.js";

/** Not a service-linked role. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html */
export function isPeoples(principalArn: string): boolean {
  const { kind, path } = parsePrincipalArn(principalArn) ?? {};
  return kind !== "role" || !serviceLinkedPath.test(path ?? "");
}
