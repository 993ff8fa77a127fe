import type { ContextValue } from "./ContextValue.js";
import type { ContextLookup, KeyState } from "./KeyState.js";
import { matchStatements } from "./matchStatements.js";
import type { PolicyDocument } from "./PolicyDocument.js";
import { parsePolicy } from "./parsePolicy.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";
import type { StatementRef } from "./StatementRef.js";
export interface PolicyRequest {
  action: string;
  resource: string;
  principal?: string;
  principalHasBoundary?: boolean;
  context?: Record<string, ContextValue>;
  unlistedKeys?: "unknown" | "absent";
}
export interface PolicyEvaluation {
  verdict: "allowed" | "explicitDeny" | "implicitDeny" | "unknown";
  statements: StatementRef[];
  dependsOn: string[];
}
const multi = new Set([
  "aws:tagkeys",
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:resourceorgpaths",
  "kms:encryptioncontextkeys",
  "kms:grantoperations",
  "kms:resourcealiases",
  "aws:sourceorgpaths",
  "aws:vpceorgpaths",
  "aws:principalservicenameslist",
]);
function lookupOf(r: PolicyRequest): ContextLookup {
  const m = new Map(Object.entries(r.context ?? {}).map(([k, v]) => [k.toLowerCase(), { name: k, v }]));
  return (key) => {
    const l = key.toLowerCase();
    const e = m.get(l);
    const mv = multi.has(l);
    if (!e)
      return {
        name: key,
        state: r.unlistedKeys === "absent" ? { kind: "absent" } : { kind: "unknown", multiValued: mv },
      };
    const { v } = e;
    let state: KeyState;
    if (v === null) state = { kind: "absent" };
    else if (typeof v === "string") state = { kind: "value", value: mv ? [v] : v };
    else if (Array.isArray(v)) state = { kind: "value", value: v };
    else state = { kind: "present", multiValued: mv };
    return { name: e.name, state };
  };
}
function principalOf(t: string): RequestPrincipal {
  if (/^\d{12}$/.test(t)) return { kind: "root", arn: `arn:aws:iam::${t}:root`, accountId: t };
  const m = /^arn:[^:]+:(iam|sts)::(\d{12}):([^/]+)/.exec(t);
  if (!m) return { kind: "service", arn: t, accountId: "" };
  const kind = {
    root: "root",
    user: "user",
    role: "role",
    "assumed-role": "role-session",
    "federated-user": "federated-user",
  }[m[3] ?? ""] as RequestPrincipal["kind"];
  return { kind, arn: t, accountId: m[2] ?? "" };
}
export function evaluatePolicies(policies: (string | PolicyDocument)[], r: PolicyRequest): PolicyEvaluation {
  const lookup = lookupOf(r);
  const principal = r.principal === undefined ? null : principalOf(r.principal);
  const dependsOn: string[] = [];
  const refs: { ref: StatementRef; truth: string; d: string[] }[] = [];
  let damaged = false;
  policies.forEach((p, i) => {
    const parsed = parsePolicy(p);
    if (parsed.damage.length) {
      damaged = true;
      dependsOn.push(`policies[${i}]`);
    }
    for (const m of matchStatements(parsed, {
      action: r.action,
      resource: r.resource,
      principal,
      principalHasBoundary:
        r.principalHasBoundary === undefined ? "unknown" : r.principalHasBoundary ? "true" : "false",
      lookup,
    })) {
      if (parsed.damage.length && m.effect === "Allow") continue;
      refs.push({
        ref: { policy: `policies[${i}]`, sid: m.sid, index: m.index, effect: m.effect },
        truth: m.truth,
        d: m.dependsOn,
      });
    }
  });
  const deny = refs.filter((x) => x.ref.effect === "Deny");
  const allow = refs.filter((x) => x.ref.effect === "Allow");
  const sure = deny.filter((x) => x.truth === "true");
  if (sure.length) return { verdict: "explicitDeny", statements: sure.map((x) => x.ref), dependsOn: [] };
  if (!allow.length && !damaged)
    return { verdict: "implicitDeny", statements: [], dependsOn: [...new Set(deny.flatMap((x) => x.d))] };
  if (deny.length || damaged || !allow.some((x) => x.truth === "true"))
    return {
      verdict: "unknown",
      statements: refs.map((x) => x.ref),
      dependsOn: [...new Set([...dependsOn, ...refs.filter((x) => x.truth === "unknown").flatMap((x) => x.d)])],
    };
  return { verdict: "allowed", statements: allow.filter((x) => x.truth === "true").map((x) => x.ref), dependsOn: [] };
}
