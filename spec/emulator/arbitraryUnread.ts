import fc from "fast-check";
import type { Evidence } from "../../lib/snapshot/Evidence.js";
import type { Key, Policy, Snapshot } from "../../lib/snapshot/Snapshot.js";
import { arbitrarySnapshot } from "./arbitrarySnapshot.js";

const unread: Evidence<never>[] = [
  { status: "unreadable", reason: "AccessDenied: no" },
  { status: "unreadable", reason: "TimeoutError: no answer" },
  { status: "notRead" },
];

/** Each kind of evidence with the way in which it is not there. */
const losses: ((snapshot: Snapshot, lost: Evidence<never>) => void)[] = [
  ({ policies }, lost) => Object.assign(policies, { identity: lost }),
  ({ policies }, lost) => Object.assign(policies, { permissionsBoundary: lost }),
  ({ policies }, lost) => Object.assign(policies, { serviceControl: lost }),
  ({ policies }, lost) => Object.assign(policies, { resourceControl: lost }),
  ({ caller }, lost) => Object.assign(caller, { tags: lost }),
  (snapshot, lost) => Object.assign(snapshot, { organization: lost }),
  (snapshot, lost) => Object.assign(snapshot, { key: lost }),
  (snapshot, lost) => ofKey(snapshot, { policy: lost }),
  (snapshot, lost) => ofKey(snapshot, { grants: lost }),
  (snapshot, lost) => ofKey(snapshot, { aliases: lost, tags: lost }),
  (snapshot) => ofKey(snapshot, { state: null }),
  (snapshot) => ofKey(snapshot, { manager: null }),
  (snapshot) => ofKey(snapshot, { state: null, manager: null }),
  (snapshot) => {
    if (snapshot.key.status !== "read") return;
    const {
      keySpec: _,
      keyUsage: __,
      origin: ___,
      multiRegion: ____,
      multiRegionKeyType: _____,
      ...rest
    } = snapshot.key.value;
    snapshot.key.value = rest;
  },
  ({ caller }) => {
    delete caller.userId;
  },
  ({ policies }) => {
    if (policies.identity.status === "read") lose(policies.identity.value[0]);
  },
  ({ policies }) => {
    if (policies.permissionsBoundary.status === "read") lose(policies.permissionsBoundary.value);
  },
  ({ policies }) => {
    if (policies.serviceControl.status === "read") lose(policies.serviceControl.value[1]?.policies.at(-1));
  },
  ({ policies }) => {
    const target = policies.serviceControl.status === "read" ? policies.serviceControl.value[1] : undefined;
    if (target !== undefined) Object.assign(target, { policies: [], unreadable: "AccessDenied: no" });
  },
  ({ policies }) => {
    const target = policies.resourceControl.status === "read" ? policies.resourceControl.value[1] : undefined;
    if (target !== undefined) Object.assign(target, { policies: [], unreadable: "AccessDenied: no" });
  },
];

function ofKey({ key }: Snapshot, lost: Partial<Key>): void {
  if (key.status === "read") Object.assign(key.value, lost);
}

function lose(policy: Policy | undefined): void {
  if (policy !== undefined) Object.assign(policy, { document: null, unreadable: "AccessDenied: no" });
}

/** Random snapshots of which something was not read, as a collector with few rights leaves them. */
export const arbitraryUnread: fc.Arbitrary<Snapshot> = fc
  .tuple(
    arbitrarySnapshot,
    fc.uniqueArray(fc.nat(losses.length - 1), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...unread),
  )
  .map(([random, chosen, lost]) => {
    const snapshot = structuredClone(random);
    for (const index of chosen) losses[index]?.(snapshot, structuredClone(lost));
    return snapshot;
  });
