import { parsePrincipalArn } from "../../facts/arn.js";
import { serviceLinkedPath } from "../../facts/names.js";
import type { Session } from "../Session.js";

export function isServiceLinked({ principalArn }: Pick<Session, "principalArn">): boolean {
  return serviceLinkedPath.test(parsePrincipalArn(principalArn)?.path ?? "");
}
