import type { Layer } from "./Layer.js";
import type { Say } from "./policiesSay.js";
import type { Form } from "./principalForms.js";
import { silentBlockers } from "./silentBlockers.js";

/** Whether something is so, as far as is known. */
export type Sure = "yes" | "no" | "maybe";

/** What a layer may say, as far as is known: one thing where it is decided; null where it does not apply. */
export type Ways = readonly Say[] | null;

/** What all layers have to say to one action, each for itself. */
export interface Situation {
  /** The own call, a forwarded one that asks no key, one that asks the key, and kms:RetireGrant. */
  kind: "own" | "forwarded" | "keyed" | "retire-grant";
  key: "same account" | "other account" | "missing";
  layers: Readonly<Record<Layer, Ways>>;
  /** The forms in which key policy and grants of the key's owner let the caller in. */
  forms: Readonly<Record<Form, Sure>>;
  /** A grant that the caller's account issued on another account's key, and whether one names the very session. */
  callersGrant: Sure;
  exactGrant: Sure;
}

export interface Combination {
  verdict: "allowed" | "explicitDeny" | "implicitDeny" | "unknown";
  /** Layers that deny explicitly. */
  explicit: Layer[];
  /** Layers that refuse whatever the unknowns turn out to be, and do not surely deny explicitly. */
  silent: Layer[];
  /** Undecided layers that could turn the action. */
  suspects: Layer[];
}

/** Layers whose part in the answer hangs on what the others say. */
const together = ["identity-policy", "permissions-boundary", "session-policy", "key-policy"] as const;
type Together = (typeof together)[number];
/** Layers that nothing makes up for: each refuses by itself. */
const alone = ["service-control-policy", "resource-control-policy", "key-state", "vpc-endpoint-policy"] as const;

const forms: readonly Form[] = ["exact", "behind", "anyone", "account"];
const surely: readonly Say[] = ["allow"];

/** What comes out of the layers that hang together. */
interface Joint {
  inAll: Together[];
  mayRefuse: boolean;
  suspects: Together[];
}

/**
 * The oracle's own combination of layers (specification, rules 2 to 7 and 12), naively: every way in which what is not known
 * may turn out is gone through, each two-valued, and what holds in all of them is told.
 *
 * @param memory of the layers that hang together: over millions of situations they come again and again
 */
export function combine(situation: Situation, memory?: Memory): Combination {
  const { kind, key, layers, forms: open, callersGrant, exactGrant } = situation;
  const name = `${kind} ${key} ${callersGrant} ${exactGrant} ${forms.map((form) => open[form]).join()} ${together.map((layer) => layers[layer]).join("|")}`;
  const known = memory?.get(name);
  const joint = known ?? joined(situation);
  if (known === undefined) memory?.set(name, joint);
  const waysOf = (layer: Layer) => layers[layer] ?? surely;
  const explicit = [...together, ...alone].filter((layer) => isSurely(layers[layer], "deny"));
  const silent = [...joint.inAll, ...alone.filter((layer) => !waysOf(layer).includes("allow"))].filter(
    (layer) => !explicit.includes(layer),
  );
  const mayRefuse = joint.mayRefuse || alone.some((layer) => waysOf(layer).some((say) => say !== "allow"));
  return {
    verdict:
      explicit.length > 0 ? "explicitDeny" : silent.length > 0 ? "implicitDeny" : mayRefuse ? "unknown" : "allowed",
    explicit,
    silent,
    suspects: [
      ...joint.suspects,
      ...alone.filter((layer) => waysOf(layer).includes("allow") && waysOf(layer).length > 1),
    ],
  };
}

export type Memory = Map<string, Joint>;

function joined(situation: Situation): Joint {
  let inAll = -1;
  let inSome = 0;
  eachTurnout(situation, false, (turnout) => {
    const refused = refusing(situation, turnout);
    inAll &= refused;
    inSome |= refused;
  });
  const blocking = together.filter((layer) => (inAll & bitOf(layer)) !== 0);
  return { inAll: blocking, mayRefuse: inSome !== 0, suspects: suspects(situation, blocking) };
}

/** One way in which all that is not known may turn out, of the layers that hang together. */
interface Turnout {
  identity: Say;
  boundary: Say;
  session: Say;
  keyDenies: boolean;
  ways: Form[];
  granted: boolean;
  exactly: boolean;
  /** How it is with what AWS does not document. */
  limitsHold: boolean;
}

/** @param mended what refuses may be mended too: a suspect is told even where another layer blocks */
function eachTurnout(situation: Situation, mended: boolean, visit: (turnout: Turnout) => void): void {
  const { kind, layers, forms: open } = situation;
  const may = (layer: Together): readonly Say[] => {
    const ways = layers[layer] ?? surely;
    // Without its Deny a layer may allow, or say nothing.
    return mended && !ways.includes("allow") ? [...new Set<Say>([...ways, "silence", "allow"])] : ways;
  };
  const waysIn = asksTheKey(situation) ? formsOf(open, mended) : [["account" as const]];
  const denials = kind === "keyed" || kind === "retire-grant" ? keyDenials(layers["key-policy"], mended) : [false];
  const limits = cross(may("permissions-boundary"), may("session-policy"));
  const keys = cross(waysIn, grantsOf(situation)).flatMap(([ways, [granted, exactly]]) =>
    (ways.includes("anyone") || exactly ? [true, false] : [true]).map((limitsHold) => ({
      ways,
      granted,
      exactly,
      limitsHold,
    })),
  );
  for (const identity of may("identity-policy")) {
    for (const [boundary, session] of limits) {
      for (const keyDenies of denials) {
        for (const key of keys) visit({ identity, boundary, session, keyDenies, ...key });
      }
    }
  }
}

function cross<A, B>(ones: readonly A[], others: readonly B[]): [A, B][] {
  return ones.flatMap((one) => others.map((other): [A, B] => [one, other]));
}

function asksTheKey({ kind, key }: Situation): boolean {
  return kind === "keyed" && key !== "missing";
}

/** Which layers refuse where it turns out so, a bit for each. */
function refusing(situation: Situation, turnout: Turnout): number {
  const { kind, key } = situation;
  const { identity, boundary, session, keyDenies, ways, granted, exactly, limitsHold } = turnout;
  const silent = silentBlockers({
    sameAccount: !asksTheKey(situation) || key === "same account",
    forms: ways,
    grantedByCallersAccount: asksTheKey(situation) && granted,
    isExactlyGranted: exactly,
    // Of a key that is not there nothing is known, and identity's silence is no reason beside it.
    identityAllows: identity === "allow" || (kind === "keyed" && key === "missing"),
    boundaryAllows: boundary === "allow",
    sessionAllows: session === "allow",
    limitsHoldForAnyone: () => limitsHold,
    limitsHoldAcross: () => limitsHold,
  });
  let all = 0;
  for (const layer of silent) all |= bitOf(layer);
  if (identity === "deny") all |= bitOf("identity-policy");
  if (boundary === "deny") all |= bitOf("permissions-boundary");
  if (session === "deny") all |= bitOf("session-policy");
  if (keyDenies) all |= bitOf("key-policy");
  return all;
}

function bitOf(layer: Layer): number {
  return 1 << (together as readonly Layer[]).indexOf(layer);
}

/** Every combination of forms that may be open; where none is for sure, mended by each of them. */
function formsOf(open: Situation["forms"], mended: boolean): Form[][] {
  let lists: Form[][] = [[]];
  for (const form of forms)
    lists = lists.flatMap((list) => bothIf(open[form]).map((is) => (is ? [...list, form] : list)));
  const isShut = forms.every((form) => open[form] === "no");
  return mended && isShut ? [...lists, ...forms.map((form) => [form])] : lists;
}

/** Whether there is a grant of the caller's account, and an exact one: every way in which both may be. */
function grantsOf({ callersGrant, exactGrant }: Situation): [granted: boolean, exactly: boolean][] {
  return bothIf(callersGrant).flatMap((granted) =>
    bothIf(exactGrant).map((exactly): [boolean, boolean] => [granted, granted && exactly]),
  );
}

/** Whether the key policy denies explicitly; what it grants is in the forms. */
function keyDenials(ways: Ways, mended: boolean): boolean[] {
  if (ways === null || !ways.includes("deny")) return [false];
  return mended || ways.length > 1 ? [true, false] : [true];
}

/**
 * An undecided layer is a suspect where it alone refuses in some turnout, whatever else blocks mended; decided silence of
 * boundary or session policy where it does not surely block; the key policy also where an undecided way in, or an undecided
 * grant, makes up for what refuses without it.
 */
function suspects(situation: Situation, blocking: readonly Together[]): Together[] {
  const waysOf = (layer: Together) => situation.layers[layer] ?? surely;
  const isLimit = (layer: Together) => layer === "permissions-boundary" || layer === "session-policy";
  const isOpen = (layer: Together) => waysOf(layer).length > 1 || (isLimit(layer) && !waysOf(layer).includes("allow"));
  const candidates = together.filter((layer) => !blocking.includes(layer) && (isOpen(layer) || layer === "key-policy"));
  const found = new Set<Together>();
  if (candidates.length === 0) return [];
  eachTurnout(situation, true, (turnout) => {
    if (found.size === candidates.length) return;
    const refused = refusing(situation, turnout);
    for (const layer of candidates) if (isOpen(layer) && refused === bitOf(layer)) found.add(layer);
    const isKeyAsked = refused === 0 && candidates.includes("key-policy") && !found.has("key-policy");
    if (isKeyAsked && needsTheKey(situation, turnout)) found.add("key-policy");
  });
  return candidates.filter((layer) => found.has(layer));
}

/** Whether what is let in would be refused without the ways in and grants that are only possible. */
function needsTheKey(situation: Situation, turnout: Turnout): boolean {
  if (!asksTheKey(situation)) return false;
  const { forms: open, callersGrant, exactGrant } = situation;
  const shut = {
    ...turnout,
    ways: turnout.ways.filter((form) => open[form] !== "maybe"),
    granted: turnout.granted && callersGrant === "yes",
    exactly: turnout.exactly && exactGrant === "yes",
  };
  const isAnotherWay =
    shut.ways.length < turnout.ways.length || shut.granted !== turnout.granted || shut.exactly !== turnout.exactly;
  return isAnotherWay && refusing(situation, shut) !== 0;
}

function isSurely(ways: Ways, say: Say): boolean {
  return ways !== null && ways.length === 1 && ways[0] === say;
}

function bothIf(sure: Sure): boolean[] {
  return sure === "maybe" ? [true, false] : [sure === "yes"];
}
