import { conditionTruth } from "./conditions.js";
import type { EvaluationRequest } from "./EvaluationRequest.js";
import type { ParsedPolicy, ParsedStatement } from "./ParsedPolicy.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";
import type { PrincipalForm, StatementMatch } from "./StatementMatch.js";
import type { Truth } from "./Truth.js";
import { expand } from "./variables.js";
import { matchesUnits, type PatternUnit, patternUnits } from "./wildcard.js";

export function matchStatements(policy: ParsedPolicy, request: EvaluationRequest): StatementMatch[] {
  const out: StatementMatch[] = [];
  for (const s of policy.statements) {
    const m = matchStatement(s, policy.version, request);
    if (m) out.push(m);
  }
  return out;
}
const flip = (t: Truth): Truth => (t === "unknown" ? t : t === "true" ? "false" : "true");
function matchStatement(s: ParsedStatement, version: string, request: EvaluationRequest): StatementMatch | null {
  const dependsOn: string[] = [];
  const action = request.action.toLowerCase();
  const hit = s.action.patterns.some((p) => matchesUnits(patternUnits(p.toLowerCase()), action));
  if (hit === s.action.negated) return null;
  let truth = "true" as Truth;
  const add = (t: Truth, keys: string[]) => {
    if (t === "false") truth = "false";
    else if (t === "unknown") {
      if (truth === "true") truth = "unknown";
      dependsOn.push(...keys);
    }
  };
  const principal = principalForms(s, request);
  const best: Truth = principal.some((f) => f.truth === "true") ? "true" : principal.length > 0 ? "unknown" : "false";
  if (best === "false") return null;
  add(best, [best === "unknown" ? "principal" : ""]);
  if (s.resource) {
    const r = resourceTruth(s.resource.patterns, version, request);
    add(s.resource.negated ? flip(r.truth) : r.truth, r.keys);
    if (truth === "false") return null;
  }
  for (const c of s.conditions) {
    const r = conditionTruth(c, version, s.effect, request.lookup);
    add(r.truth, r.dependsOn);
    if (truth === "false") return null;
  }
  if (truth === "false") return null;
  return {
    index: s.index,
    sid: s.sid,
    effect: s.effect,
    truth: truth as "true" | "unknown",
    dependsOn: truth === "true" ? [] : [...new Set(dependsOn)],
    forms: principal,
  };
}
function resourceTruth(
  patterns: string[],
  version: string,
  request: EvaluationRequest,
): { truth: Truth; keys: string[] } {
  const keys: string[] = [];
  let truth: Truth = "false";
  for (const p of patterns) {
    const e = expand(p, version, request.lookup, true);
    if (e === null) continue;
    const { resource } = request;
    if (resource === "*") {
      if (e.units.length > 0 && e.units.every((u) => u.kind === "run") && e.unknownKeys.length === 0)
        return { truth: "true", keys: [] };
      continue;
    }
    if (typeof resource === "string") {
      if (!matchesUnits(e.units, resource)) continue;
      if (e.unknownKeys.length === 0) return { truth: "true", keys: [] };
      truth = "unknown";
      keys.push(...e.unknownKeys);
      continue;
    }
    const sample = `${resource.prefix}\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001-\u0001\u0001\u0001\u0001-\u0001\u0001\u0001\u0001-\u0001\u0001\u0001\u0001-${"\u0001".repeat(12)}`;
    if (e.unknownKeys.length === 0 && matchesUnits(e.units, sample)) return { truth: "true", keys: [] };
    if (mayMatch(e.units, sample)) {
      truth = "unknown";
      keys.push(resource.name, ...e.unknownKeys);
    }
  }
  return { truth, keys };
}
function mayMatch(units: PatternUnit[], sample: string): boolean {
  // \u0001 stands for any hex digit
  let now = new Set([0]);
  const close = (s: Set<number>) => {
    for (const i of s) if (units[i]?.kind === "run") s.add(i + 1);
    return s;
  };
  close(now);
  for (const ch of sample) {
    const next = new Set<number>();
    for (const i of now) {
      const u = units[i];
      if (!u) continue;
      if (u.kind === "run") next.add(i);
      else if (u.kind === "one" || u.unit === ch || (ch === "\u0001" && /[0-9a-f]/.test(u.unit))) next.add(i + 1);
    }
    now = close(next);
    if (now.size === 0) return false;
  }
  return now.has(units.length);
}
type Form = StatementMatch["forms"][number];
function principalForms(s: ParsedStatement, request: EvaluationRequest): Form[] {
  if (s.principal === null) return [{ form: "none", truth: "true" }];
  const { names, negated } = s.principal;
  const p = request.principal;
  const isEveryone = names.some(({ type, name }) => type === "AWS" && name === "*");
  if (negated) return notPrincipal(s, request);
  const forms: Form[] = [];
  const add = (form: PrincipalForm, truth: "true" | "unknown" = "true") => {
    if (!forms.some((f) => f.form === form)) forms.push({ form, truth });
  };
  if (isEveryone) add("everyone");
  if (p === null) {
    if (isEveryone) return [{ form: "everyone", truth: "true" }];
    return names.length ? [{ form: "user", truth: "unknown" }] : [];
  }
  for (const { type, name } of names) {
    if (type === "Service") {
      if (p.kind === "service" && name === p.arn) add("service");
      continue;
    }
    if (type !== "AWS" || p.kind === "service") continue;
    const f = formOf(name, p);
    if (f) add(f.form, f.truth);
  }
  return forms;
}
function account(name: string): string | null {
  return /^\d{12}$/.test(name) ? name : (/^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? null);
}
function roleOf(p: RequestPrincipal): { account: string; name: string } | null {
  const m = /^arn:[^:]+:(?:sts::\d{12}:assumed-role\/([^/]+)\/|iam::\d{12}:role\/(?:.*\/)?([^/]+)$)/.exec(p.arn);
  return m ? { account: p.accountId, name: m[1] ?? m[2] ?? "" } : null;
}
function formOf(name: string, p: RequestPrincipal): Form | null {
  const a = account(name);
  if (a !== null) return a === p.accountId ? { form: "account", truth: "true" } : null;
  if (p.uniqueId !== undefined && name === p.uniqueId)
    return { form: p.kind === "user" ? "user" : "role", truth: "true" };
  if (name === p.arn) {
    switch (p.kind) {
      case "user":
        return { form: "user", truth: "true" };
      case "role":
        return { form: "role", truth: "true" };
      case "role-session":
        return { form: "session", truth: "true" };
      case "federated-user":
        return { form: "federated-user", truth: "true" };
      case "root":
        return { form: "account", truth: "true" };
      case "service":
        return null;
    }
  }
  if (p.issuerArn !== undefined && name === p.issuerArn) return { form: "issuer", truth: "true" };
  const role = roleOf(p);
  if (role && p.kind === "role-session") {
    if (
      p.roleArn !== undefined && /role\/.*\//.test(p.roleArn)
        ? name === p.roleArn
        : name === p.roleArn || sameRole(name, role)
    )
      return { form: "role", truth: "true" };
  }
  if (
    role &&
    p.kind === "role" &&
    /^arn:[^:]+:sts::/.test(name) &&
    name.startsWith(`arn:${p.arn.split(":")[1]}:sts::${role.account}:assumed-role/${role.name}/`)
  )
    return { form: "session", truth: "unknown" };
  return null;
}
function sameRole(name: string, role: { account: string; name: string }): boolean {
  const m = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(name);
  return m !== null && m[1] === role.account && m[2] === role.name;
}
function notPrincipal(s: ParsedStatement, { principal: p, principalHasBoundary: boundary }: EvaluationRequest): Form[] {
  const names = s.principal?.names ?? [];
  const form = (truth: Truth): Form[] => (truth === "false" ? [] : [{ form: "not-principal", truth }]);
  if (s.effect === "Allow") return form("unknown");
  const everyone = names.some(({ type, name }) => type === "AWS" && name === "*");
  if (p === null) return form(everyone ? "false" : "unknown");
  if (p.kind === "service")
    return form(names.some(({ type, name }) => type === "Service" && name === p.arn) ? "false" : "true");
  const listed = (test: (name: string) => boolean) => names.some(({ type, name }) => type === "AWS" && test(name));
  const parts: boolean[] = [listed((n) => account(n) === p.accountId)];
  if (p.kind === "user" || p.kind === "federated-user") parts.push(listed((n) => n === p.arn));
  if (p.kind === "role-session") {
    const role = roleOf(p);
    parts.push(
      listed((n) => formOf(n, p)?.form === "role" && role !== null),
      listed((n) => n === p.arn),
    );
  }
  if (p.kind === "role")
    parts.push(
      listed((n) => n === p.arn),
      false,
    );
  const spared: Truth = everyone || parts.every(Boolean) ? "true" : parts.some(Boolean) ? "unknown" : "false";
  if (boundary === "true") return form("true");
  if (spared === "false") return form("true");
  if (boundary === "unknown") return form("unknown");
  return form(flip(spared));
}
