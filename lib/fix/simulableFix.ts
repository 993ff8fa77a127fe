import type { Diagnosis, Fix } from "../diagnosis/Diagnosis.js";
import { type Layer, layerNames } from "../facts/layers.js";
import { layerEvidence } from "../snapshot/layerEvidence.js";
import type { Snapshot } from "../snapshot/Snapshot.js";
import { documentText } from "./documentText.js";
import { signInWords } from "./mfaChanges.js";
import { withoutPast } from "./proof.js";
import { withFixMade } from "./withFixMade.js";

/** The policies that a custom simulation evaluates, as texts; what is left out limits nothing. */
export interface SimulablePolicies {
  identity: readonly string[];
  boundary?: string;
  /** Each level's, the root's first. */
  serviceControl?: readonly (readonly string[])[];
}

/** What AWS's policy simulator can be asked about a fix. */
export interface SimulableFix {
  /** The snapshot with the fix made. */
  snapshot: Snapshot;
  /** Those that the fix is to let through its layer. */
  actions: readonly string[];
  policies: SimulablePolicies;
  /** Layers that could be simulated and are not: another blocker stands in them, or they were not read. */
  leftOut: readonly Layer[];
}

/** The layers that a custom simulation evaluates. */
const simulated = ["identity-policy", "permissions-boundary", "service-control-policy"] as const;
type Simulated = (typeof simulated)[number];

/** Why no other is, by what AWS documents or was captured of the simulator. */
const whyNot: Readonly<Record<Exclude<Layer, Simulated>, string>> = {
  "session-policy": "The simulator takes no session policies.",
  "resource-control-policy": "The simulator does not evaluate resource control policies.",
  "key-policy": "The simulator takes no key policies.",
  "key-state": "The simulator knows nothing of keys.",
  "vpc-endpoint-policy": "The simulator does not evaluate VPC endpoint policies.",
};

const allowAll = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

/** A level without policies is silent; the simulator takes none without one. */
const silence =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}]}';

/**
 * What to ask SimulateCustomPolicy so that its answer decides whether a verified fix removes its blocker: the changed
 * policies, beside them the other layers that it evaluates as far as they let the actions through.
 *
 * @param diagnose the diagnosis without fixes
 * @returns a reason where it cannot be asked
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
 */
export function simulableFix(
  snapshot: Snapshot,
  diagnosis: Pick<Diagnosis, "blockers">,
  fix: Fix,
  diagnose: (snapshot: Snapshot) => Diagnosis,
): SimulableFix | { reason: string } {
  const { layer } = fix;
  if (!isSimulated(layer)) return { reason: whyNot[layer] };
  if (fix.document === undefined) return { reason: "No policy is changed." };
  // Beside the policy the call itself is to be made in another way.
  if (fix.title.startsWith(signInWords))
    return { reason: "The call is to be made with multi-factor authentication besides." };
  const changed = withFixMade(withoutPast(snapshot), diagnosis, fix);
  if (changed === null) return { reason: "The policy that is changed was not read." };
  const { actions: rows } = diagnose(changed);
  const verdictsOf = (one: Layer, some: readonly string[]) =>
    rows.filter(({ action }) => some.includes(action)).map(({ layers }) => layers[one].verdict);
  const asked = diagnosis.blockers[fix.blocker]?.actions ?? [];
  const actions = asked.filter((action) => verdictsOf(layer, [action])[0] === "allowed");
  const documents = documentsOf(changed);
  if (actions.length === 0) {
    const name = layerNames[layer];
    if (!verdictsOf(layer, asked).includes("unknown")) return { reason: `Another blocker stands in the ${name}.` };
    return {
      reason: `The ${name} ${documents[layer] === null ? "was not read whole" : "hangs on what is not known"}.`,
    };
  }
  const isIn = (one: Simulated) =>
    documents[one] !== null && verdictsOf(one, actions).every((verdict) => verdict === "allowed");
  const { "permissions-boundary": boundary, "service-control-policy": serviceControl } = documents;
  return {
    snapshot: changed,
    actions,
    policies: {
      identity: (isIn("identity-policy") ? documents["identity-policy"] : null) ?? [allowAll],
      ...(isIn("permissions-boundary") && boundary !== null && { boundary }),
      ...(isIn("service-control-policy") && serviceControl !== null && { serviceControl }),
    },
    leftOut: simulated.filter(
      (one) => !isIn(one) && verdictsOf(one, actions).some((verdict) => verdict !== "notApplicable"),
    ),
  };
}

function isSimulated(layer: Layer): layer is Simulated {
  return simulated.some((one) => one === layer);
}

/** The documents of the layers that are simulated; null where one was not read whole, or there is none. */
function documentsOf(snapshot: Snapshot) {
  const {
    "identity-policy": identity,
    "permissions-boundary": boundary,
    "service-control-policy": serviceControl,
  } = layerEvidence(snapshot);
  const levels = (evidence: typeof identity) => {
    const read = evidence.status === "read" ? evidence.levels() : [];
    return evidence.status === "read" && read.every(({ unreadable }) => unreadable === null)
      ? read.map(({ places }) => places.map(({ policy }) => documentText(policy.document)))
      : null;
  };
  const whole = (texts: readonly (string | null)[]): readonly string[] | null =>
    texts.every((text) => text !== null) ? texts : null;
  const ofIdentity = levels(identity)?.[0];
  const ofLevels = levels(serviceControl)?.map(whole);
  return {
    "identity-policy": identity.status === "none" ? [] : ofIdentity === undefined ? null : whole(ofIdentity),
    "permissions-boundary": levels(boundary)?.[0]?.[0] ?? null,
    "service-control-policy":
      ofLevels?.every((level) => level !== null) === true
        ? ofLevels.map((level) => (level.length === 0 ? [silence] : level))
        : null,
  };
}
