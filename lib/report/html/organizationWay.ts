import type { Diagnosis } from "../../diagnosis/Diagnosis.js";
import type { Snapshot } from "../../snapshot/Snapshot.js";
import { printable } from "../printable.js";
import { type Markup, markup } from "./markup.js";

const kinds = { ROOT: "root", ORGANIZATIONAL_UNIT: "organizational unit", ACCOUNT: "account" } as const;

/** The way from the organization's root to the account, with the level marked that blocks; null where it was not read. */
export function organizationWay({ blockers }: Diagnosis, snapshot: Snapshot | undefined): Markup | null {
  const evidence = snapshot?.policies.serviceControl;
  if (evidence?.status !== "read" || evidence.value.length === 0) return null;
  const levels = evidence.value.map(({ id, type, name, policies }) => {
    const blocking = blockers.filter(({ layer, target }) => layer === "service-control-policy" && target === id);
    const listed = policies.map((policy) => {
      const isBlamed = blocking.some((one) => one.policy?.name === policy.name);
      return markup`<li${isBlamed ? markup` class="blamed"` : null}>${printable(policy.name)}${isBlamed ? " (denies)" : null}</li>`;
    });
    const says =
      blocking.length === 0
        ? null
        : blocking.some(({ effect }) => effect === "explicitDeny")
          ? "explicitly denies"
          : "does not allow it";
    return markup`<li class="level${says === null ? "" : " blocks"}"><span class="kind">${kinds[type]}</span> <strong>${printable(name ?? id)}</strong>${name === undefined ? null : markup` <span class="kind">${printable(id)}</span>`}${says === null ? null : markup` <span class="says">✕ ${says}</span>`}<ul>${listed}</ul></li>`;
  });
  return markup`<h3>The way through the organization</h3>
<ol class="path">${levels}</ol>
`;
}
