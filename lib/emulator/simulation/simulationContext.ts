import { simulatorRegion } from "../../facts/conditionKeys.js";
import type { CallContext } from "../authorization/callContext.js";
import type { Input } from "../Call.js";
import { objectsOf, textOf, textsOf } from "../input.js";
import { organizationOf, organizationPath } from "../organizations.js";
import type { World } from "../World.js";
import { invalidInput } from "./invalidInput.js";

/** What the simulator fills in of the principal. */
export interface SimulatedPrincipal {
  kind: "user" | "role" | "group";
  name: string;
  arn: string;
  id: string;
  accountId: string;
}

/** The simulator's context: what it fills in by itself, and what the caller gave, which wins. */
export interface SimulationContext {
  filledIn: CallContext;
  given: CallContext;
}

/**
 * SimulatePrincipalPolicy's context. aws:PrincipalArn and aws:userid are the caller's ARN (aws-behaviour,
 * simulator-principal-arn), aws:RequestedRegion is us-east-1; aws:PrincipalTag is never filled in.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
export function principalContext(
  world: World,
  principal: SimulatedPrincipal,
  callerArn: string | undefined,
  input: Input,
): SimulationContext {
  const organization = organizationOf(world, principal.accountId);
  const type = principal.kind === "role" ? "AssumedRole" : "User";
  const { given, filledIn } = customContext(callerArn ?? principal.arn, input);
  return {
    filledIn: {
      ...filledIn,
      "aws:PrincipalAccount": principal.accountId,
      "aws:PrincipalId": principal.id,
      "aws:PrincipalType": type,
      "aws:Type": type,
      ...(principal.kind === "user" && { "aws:username": principal.name }),
      ...(organization !== null && {
        "aws:PrincipalOrgID": organization.id,
        "aws:PrincipalOrgMasterAccountId": organization.managementAccountId,
        "aws:PrincipalOrgPaths": [organizationPath(organization, principal.accountId)],
      }),
    },
    given,
  };
}

/**
 * SimulateCustomPolicy's context: without a caller, aws:userid is a stand-in (aws-behaviour, simulator-principal-arn).
 */
export function customContext(callerArn: string | undefined, input: Input): SimulationContext {
  return {
    filledIn: {
      "aws:userid": callerArn ?? "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR",
      ...(callerArn !== undefined && { "aws:PrincipalArn": callerArn }),
      "aws:RequestedRegion": simulatorRegion,
    },
    given: givenContext(input),
  };
}

const types = /^(string|numeric|boolean|ip|binary|date)(List)?$/;

/** @throws ServiceError InvalidInput, with the simulator's own texts */
function givenContext(input: Input): CallContext {
  const context: CallContext = {};
  const seen = new Set<string>();
  for (const entry of objectsOf(input, "ContextEntries") ?? []) {
    const name = textOf(entry, "ContextKeyName");
    if (name === undefined || name === "") throw invalidInput("ContextKeyName cannot be null or empty.");
    const type = textOf(entry, "ContextKeyType");
    const [, base, list] = types.exec(type ?? "") ?? [];
    if (base === undefined) throw invalidInput(`Context key ${name} has invalid type ${type ?? "null"}.`);
    const values = textsOf(entry, "ContextKeyValues") ?? [];
    if (values.length === 0) throw invalidInput(`Context values for context key ${name} cannot be null or empty.`);
    const format = values.map((value) => wrongFormat(base, value)).find((wrong) => wrong !== null);
    if (format) throw invalidInput(`Invalid context value for key ${name}: expected ${format}.`);
    if (seen.has(name.toLowerCase())) throw invalidInput(`Duplicate context key: ${name}.`);
    seen.add(name.toLowerCase());
    const [first = "", ...others] = values;
    if (list === undefined && others.length > 0) {
      throw invalidInput(`Context key ${name} of type ${type} takes one value, found ${values.length}.`);
    }
    context[name] = list === undefined ? first : values;
  }
  return context;
}

/** Booleans are not validated (aws-behaviour, simulator-errors). */
function wrongFormat(type: string, value: string): string | null {
  switch (type) {
    case "numeric":
      return value.trim() === "" || !Number.isFinite(Number(value)) ? "numeric format" : null;
    case "date":
      return /^[+-]?\d+$/.test(value) || !Number.isNaN(Date.parse(value)) ? null : "DateTime format";
    case "ip":
      return /^(?:[\d.]+|(?=[\da-f.]*:)[\da-f:.]+)(?:\/\d+)?$/i.test(value) ? null : "IP address";
    case "binary":
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
        ? null
        : "base-64 encoded binary format";
    default:
      return null;
  }
}
