import type { Snapshot } from "../../lib/snapshot/Snapshot.js";
import type { Draw } from "./draw.js";

type Hole = (draw: Draw, snapshot: Snapshot) => Snapshot;

const refused = { status: "unreadable", reason: "AccessDeniedException: you may not read this" } as const;
const unread = { status: "notRead" } as const;

/** Takes some of what is known away. */
export function withUnknowns(draw: Draw, snapshot: Snapshot, count: number): Snapshot {
  let rest = snapshot;
  for (let taken = 0; taken < count; taken += 1) rest = hole(draw)(draw, rest);
  return rest;
}

function hole(draw: Draw): Hole {
  return draw.weighted<Hole>(
    [12, forgetKey],
    [2, (_draw, snapshot) => withPolicies(snapshot, { identity: refused })],
    [2, (_draw, snapshot) => withPolicies(snapshot, { permissionsBoundary: unread })],
    [2, (_draw, snapshot) => withPolicies(snapshot, { serviceControl: refused })],
    [1, (_draw, snapshot) => withPolicies(snapshot, { session: unread })],
    [1, (_draw, snapshot) => withPolicies(snapshot, { resourceControl: refused })],
    [1, (_draw, snapshot) => withPolicies(snapshot, { vpcEndpoint: unread })],
    [2, (_draw, snapshot) => withKey(snapshot, { policy: refused })],
    [1, (_draw, snapshot) => withKey(snapshot, { grants: refused })],
    [2, (_draw, snapshot) => withKey(snapshot, { state: null })],
    [1, (_draw, snapshot) => ({ ...snapshot, key: refused })],
    [2, forgetDocument],
    [2, forgetSession],
    [1, (_draw, snapshot) => ({ ...snapshot, caller: { ...snapshot.caller, tags: unread, sessionTags: unread } })],
  );
}

function withPolicies(snapshot: Snapshot, policies: Partial<Snapshot["policies"]>): Snapshot {
  return { ...snapshot, policies: { ...snapshot.policies, ...policies } };
}

function withKey(snapshot: Snapshot, part: object): Snapshot {
  if (snapshot.key.status !== "read") return snapshot;
  return { ...snapshot, key: { status: "read", value: { ...snapshot.key.value, ...part } } };
}

/** Which session of the role calls: the role is asked about. */
function forgetSession(draw: Draw, snapshot: Snapshot): Snapshot {
  const { caller } = snapshot;
  if (!caller.arn.includes(":assumed-role/")) return snapshot;
  const { userId, ...rest } = caller;
  const isIdKnown = userId !== undefined && draw.percent(80);
  return {
    ...snapshot,
    caller: { ...rest, arn: caller.principalArn, ...(isIdKnown && { userId: userId.replace(/:.*/, "") }) },
  };
}

/** A key of the context: not known any more, or only known to be there. */
function forgetKey(draw: Draw, snapshot: Snapshot): Snapshot {
  const names = Object.keys(snapshot.context);
  const name = names[draw.upTo(Math.max(0, names.length - 1))];
  if (name === undefined) return snapshot;
  const { [name]: value, ...context } = snapshot.context;
  if (value === null || draw.percent(70)) return { ...snapshot, context };
  return { ...snapshot, context: { ...context, [name]: { present: true } } };
}

/** One of the identity policies, or one target of the organization, that could not be read. */
function forgetDocument(draw: Draw, snapshot: Snapshot): Snapshot {
  const { identity, serviceControl } = snapshot.policies;
  if (serviceControl.status === "read" && draw.percent(50)) {
    const [first, ...others] = serviceControl.value;
    if (first === undefined) return snapshot;
    const target = { ...first, policies: [], unreadable: "AccessDeniedException: you may not list policies" };
    return withPolicies(snapshot, { serviceControl: { status: "read", value: [target, ...others] } });
  }
  if (identity.status !== "read") return snapshot;
  const [, ...others] = identity.value;
  const policy = { name: "own", document: null, unreadable: "AccessDeniedException: you may not read this policy" };
  return withPolicies(snapshot, { identity: { status: "read", value: [policy, ...others] } });
}
