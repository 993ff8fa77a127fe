import type { ActionVerdict, Diagnosis, LayerVerdict } from "../../diagnosis/Diagnosis.js";
import { type Layer, layers } from "../../facts/layers.js";
import { printable } from "../printable.js";
import { type Markup, markup } from "./markup.js";

/** What a cell can be, told apart by shape as well as by colour. */
type Look = "blocks" | "silent" | "unknown" | "allowed" | "notApplicable";

const looks: Readonly<Record<Look, { sign: string; word: string }>> = {
  blocks: { sign: "✕", word: "blocks" },
  silent: { sign: "○", word: "says nothing, and does not block" },
  unknown: { sign: "?", word: "unknown" },
  allowed: { sign: "✓", word: "allows" },
  notApplicable: { sign: "–", word: "does not apply" },
};

const heads: Readonly<Record<Layer, string>> = {
  "identity-policy": "identity",
  "permissions-boundary": "boundary",
  "session-policy": "session",
  "service-control-policy": "SCP",
  "resource-control-policy": "RCP",
  "key-policy": "key policy",
  "key-state": "key state",
  "vpc-endpoint-policy": "endpoint",
};

/** The actions by the layers; a cell with something to tell opens it. */
export function verdictMatrix(diagnosis: Diagnosis, id: string): Markup {
  const opened: Markup[] = [];
  const rows = diagnosis.actions.map((row, at) => {
    const cells = layers.map((layer) => {
      const look = lookOf(diagnosis, row, layer);
      const name = `${id}-${at}-${layer}`;
      const detail = look === "notApplicable" ? null : detailOf(row, layer, look, name);
      if (detail !== null) opened.push(detail);
      return cell(look, `${layer} on ${printable(row.action)}`, detail === null ? null : name);
    });
    return markup`<tr><th scope="row">${printable(row.action)}</th><td class="${row.verdict} verdict">${row.verdict}</td>${cells}</tr>\n`;
  });
  const columns = layers.map((layer) => markup`<th scope="col"><abbr title="${layer}">${heads[layer]}</abbr></th>`);
  return markup`<div class="scroll" role="region" aria-label="Verdicts by action and layer, ${id}" tabindex="0"><table class="matrix">
<caption>The verdict on each action, altogether and layer by layer</caption>
<thead><tr><th scope="col">action</th><th scope="col">verdict</th>${columns}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
<p class="legend">${Object.entries(looks).map(([look, { sign, word }]) => markup`<span><span class="look ${look}" aria-hidden="true">${sign}</span> ${word}</span> `)}</p>
${opened}`;
}

function lookOf({ blockers }: Diagnosis, { action, layers: judged }: ActionVerdict, layer: Layer): Look {
  const { verdict } = judged[layer];
  switch (verdict) {
    case "explicitDeny":
      return "blocks";
    case "implicitDeny":
      return blockers.some((one) => one.layer === layer && one.actions.includes(action)) ? "blocks" : "silent";
    case "allowed":
    case "unknown":
    case "notApplicable":
      return verdict;
  }
}

function cell(look: Look, about: string, opens: string | null): Markup {
  const { sign, word } = looks[look];
  const label = `${about}: ${word}`;
  return opens === null
    ? markup`<td><span class="look ${look}" role="img" aria-label="${label}">${sign}</span></td>`
    : markup`<td><button type="button" class="look ${look}" aria-label="${label}" popovertarget="${opens}">${sign}</button></td>`;
}

/** So many statements are listed: a policy of AWS's largest size may hold hundreds. */
const most = 20;

function detailOf({ action, layers: judged }: ActionVerdict, layer: Layer, look: Look, id: string): Markup | null {
  const { verdict, sources, statements, dependsOn }: LayerVerdict = judged[layer];
  if (sources.length + statements.length + dependsOn.length === 0) return null;
  const listed = statements
    .slice(0, most)
    .map(
      ({ policy, sid, index, effect }) =>
        markup`<li>${effect}: ${printable(sid ?? "without Sid")} (index ${index}) of ${printable(policy)}</li>`,
    );
  const more = statements.length - listed.length;
  return markup`<div popover id="${id}" class="detail" role="dialog" aria-label="${layer} on ${printable(action)}"><p><strong>${printable(action)}</strong>, ${layer}: <span class="${verdict}">${verdict}</span>, ${looks[look].word}</p>${
    listed.length === 0
      ? null
      : markup`<p>Statements</p><ul>${listed}${more > 0 ? markup`<li>and ${more} more</li>` : null}</ul>`
  }${dependsOn.length === 0 ? null : markup`<p>Hangs on: ${printable(dependsOn.slice(0, most).join(", "))}</p>`}${
    sources.length === 0 ? null : markup`<p>Known from: ${printable(sources.join(", "))}</p>`
  }</div>
`;
}
