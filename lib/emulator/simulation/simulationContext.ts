import type { CallContext } from "../authorization/callContext.js";
import type { Input } from "../Call.js";
import { objectsOf, textOf, textsOf } from "../input.js";
import { organizationOf, organizationPath } from "../organizations.js";
import { ServiceError } from "../ServiceError.js";
import { uniqueId } from "../uniqueId.js";
import type { World } from "../World.js";

/** What the simulator fills in of the principal. */
export interface SimulatedPrincipal {
  kind: "user" | "role" | "group";
  name: string;
  arn: string;
  id: string;
  accountId: string;
}

/**
 * The simulator's context: what it fills in by itself, then what the caller gave. aws:RequestedRegion is us-east-1
 * unless given (captured, not documented); aws:PrincipalArn and aws:PrincipalTag are never filled in.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
export function simulationContext(world: World, principal: SimulatedPrincipal, input: Input): CallContext {
  const organization = organizationOf(world, principal.accountId);
  const type = principal.kind === "role" ? "AssumedRole" : "User";
  const userId = principal.kind === "role" ? `${principal.id}:${uniqueId("", principal.arn, 12)}` : principal.id;
  return {
    "aws:PrincipalAccount": principal.accountId,
    "aws:PrincipalId": principal.id,
    "aws:PrincipalType": type,
    "aws:Type": type,
    "aws:userid": userId,
    ...(principal.kind === "user" && { "aws:username": principal.name }),
    ...(organization !== null && {
      "aws:PrincipalOrgID": organization.id,
      "aws:PrincipalOrgMasterAccountId": organization.managementAccountId,
      "aws:PrincipalOrgPaths": [organizationPath(organization, principal.accountId)],
    }),
    "aws:RequestedRegion": "us-east-1",
    ...givenContext(input),
  };
}

const types = /^(string|numeric|boolean|ip|binary|date)(List)?$/;

/** @throws ServiceError InvalidInput, with the simulator's own texts */
function givenContext(input: Input): CallContext {
  const context: CallContext = {};
  const seen = new Set<string>();
  for (const entry of objectsOf(input, "ContextEntries") ?? []) {
    const name = textOf(entry, "ContextKeyName");
    if (name === undefined || name === "") throw invalid("ContextKeyName cannot be null or empty.");
    const type = textOf(entry, "ContextKeyType");
    const [, base, list] = types.exec(type ?? "") ?? [];
    if (base === undefined) throw invalid(`Context key ${name} has invalid type ${type ?? "null"}.`);
    const values = textsOf(entry, "ContextKeyValues") ?? [];
    if (values.length === 0) throw invalid(`Context values for context key ${name} cannot be null or empty.`);
    const format = values.map((value) => wrongFormat(base, value)).find((wrong) => wrong !== null);
    if (format) throw invalid(`Invalid context value for key ${name}: expected ${format}.`);
    if (seen.has(name.toLowerCase())) throw invalid(`Duplicate context key: ${name}.`);
    seen.add(name.toLowerCase());
    const [first = ""] = values;
    context[name] = list === undefined && values.length === 1 ? first : values;
  }
  return context;
}

/** Booleans are not validated (captured). */
function wrongFormat(type: string, value: string): string | null {
  switch (type) {
    case "numeric":
      return value.trim() === "" || !Number.isFinite(Number(value)) ? "numeric format" : null;
    case "date":
      return /^[+-]?\d+$/.test(value) || !Number.isNaN(Date.parse(value)) ? null : "DateTime format";
    case "ip":
      return /^[\d.]+(\/\d+)?$|^[\da-f:.]*:[\da-f:.]*(\/\d+)?$/i.test(value) ? null : "IP address";
    case "binary":
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
        ? null
        : "base-64 encoded binary format";
    default:
      return null;
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError("InvalidInput", message);
}
