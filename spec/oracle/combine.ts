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
  /** A grant that the caller's account issued on another account's key. */
  callersGrant: Sure;
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
  const { kind, key, layers, forms: open, callersGrant } = situation;
  const name = `${kind} ${key} ${callersGrant} ${forms.map((form) => open[form])} ${together.map((layer) => layers[layer]).join("|")}`;
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
  const fillings = refusals(situation, false);
  const inAll = together.filter((layer) => fillings.every((refusing) => refusing.has(layer)));
  return {
    inAll,
    mayRefuse: fillings.some((refusing) => refusing.size > 0),
    suspects: suspects(situation, inAll),
  };
}

/**
 * Which layers refuse, for every filling of the layers that hang together.
 *
 * @param mended what refuses may be mended too: a suspect is told even where another layer blocks
 */
function refusals({ kind, key, layers, forms: open, callersGrant }: Situation, mended: boolean): Set<Together>[] {
  const asksTheKey = kind === "keyed" && key !== "missing";
  const may = (layer: Together): readonly Say[] => {
    const ways = layers[layer] ?? surely;
    return mended && !ways.includes("allow") ? [...ways, "allow"] : ways;
  };
  const found: Set<Together>[] = [];
  const waysIn = asksTheKey ? formsOf(open, mended) : [["account" as const]];
  const denials = kind === "keyed" || kind === "retire-grant" ? keyDenials(layers["key-policy"], mended) : [false];
  for (const identity of may("identity-policy")) {
    for (const boundary of may("permissions-boundary")) {
      for (const session of may("session-policy")) {
        for (const denied of denials) {
          for (const list of waysIn) {
            for (const grantedByCallersAccount of bothIf(callersGrant)) {
              for (const limitsHold of list.includes("anyone") ? [true, false] : [true]) {
                const silent = silentBlockers({
                  sameAccount: !asksTheKey || key === "same account",
                  forms: list,
                  grantedByCallersAccount: asksTheKey && grantedByCallersAccount,
                  // Of a key that is not there nothing is known, and identity's silence is no reason beside it.
                  identityAllows: identity === "allow" || (kind === "keyed" && key === "missing"),
                  boundaryAllows: boundary === "allow",
                  sessionAllows: session === "allow",
                  limitsHoldForAnyone: () => limitsHold,
                });
                const refusing = new Set(silent as Together[]);
                if (identity === "deny") refusing.add("identity-policy");
                if (boundary === "deny") refusing.add("permissions-boundary");
                if (session === "deny") refusing.add("session-policy");
                if (denied) refusing.add("key-policy");
                found.push(refusing);
              }
            }
          }
        }
      }
    }
  }
  return found;
}

/** Every combination of forms that may be open; where none is for sure, mended by each of them. */
function formsOf(open: Situation["forms"], mended: boolean): Form[][] {
  let lists: Form[][] = [[]];
  for (const form of forms)
    lists = lists.flatMap((list) => bothIf(open[form]).map((is) => (is ? [...list, form] : list)));
  const isShut = forms.every((form) => open[form] === "no");
  return mended && isShut ? [...lists, ...forms.map((form) => [form])] : lists;
}

/** Whether the key policy denies explicitly; what it grants is in the forms. */
function keyDenials(ways: Ways, mended: boolean): boolean[] {
  if (ways === null || !ways.includes("deny")) return [false];
  return mended || ways.length > 1 ? [true, false] : [true];
}

/**
 * An undecided layer is a suspect where it alone refuses in some filling, whatever else blocks mended. Decided silence of
 * boundary or session policy is one where it does not surely block.
 */
function suspects(situation: Situation, blocking: readonly Together[]): Together[] {
  const waysOf = (layer: Together) => situation.layers[layer] ?? surely;
  const isLimit = (layer: Together) => layer === "permissions-boundary" || layer === "session-policy";
  const isOpen = (layer: Together) =>
    waysOf(layer).length > 1 ||
    (layer === "key-policy" && isKeyUndecided(situation)) ||
    (isLimit(layer) && !waysOf(layer).includes("allow"));
  const candidates = together.filter((layer) => !blocking.includes(layer) && isOpen(layer));
  const fillings = candidates.length === 0 ? [] : refusals(situation, true);
  return candidates.filter((layer) => fillings.some((refusing) => refusing.size === 1 && refusing.has(layer)));
}

function isKeyUndecided({ kind, key, forms: open, callersGrant }: Situation): boolean {
  if (kind !== "keyed" || key === "missing") return false;
  return forms.some((form) => open[form] === "maybe") || (key === "other account" && callersGrant === "maybe");
}

function isSurely(ways: Ways, say: Say): boolean {
  return ways !== null && ways.length === 1 && ways[0] === say;
}

function bothIf(sure: Sure): boolean[] {
  return sure === "maybe" ? [true, false] : [sure === "yes"];
}
