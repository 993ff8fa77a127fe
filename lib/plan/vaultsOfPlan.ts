import type { NotKnown } from "./NotKnown.js";
import type { ReadPlan } from "./PlannedVault.js";
import type { PlanDocument } from "./readPlan.js";
import { stackFamily } from "./template/templateStack.js";
import { type Deployment, templateVaults } from "./template/templateVaults.js";
import { terraformVaults } from "./terraform/terraformVaults.js";

/** How a plan would be applied; what only templates ask for may be left out. */
export type PlanUse = Pick<Deployment, "file" | "place"> &
  Partial<Pick<Deployment, "parameters" | "prefix" | "tags" | "nested" | "stackName" | "family">> & {
    role?: string | NotKnown | null;
  };

/**
 * The vaults that a plan or template creates, each with its key, as far as is known before it is applied. Pure.
 *
 * @example
 * const { vaults } = vaultsOfPlan(readPlan(text), { file: "plan.json", place: { partition: "aws", accountId, region } });
 */
export function vaultsOfPlan(document: PlanDocument, use: PlanUse): ReadPlan {
  return openPlan(document, use)();
}

/** The same, told once all templates are open that are deployed together in one family of stacks. */
export function openPlan(
  document: PlanDocument,
  { parameters = {}, prefix = "", tags = {}, role = null, nested = new Map(), ...use }: PlanUse,
): () => ReadPlan {
  switch (document.kind) {
    case "terraform":
      return () => terraformVaults(document.plan, use.file, use.place);
    case "template": {
      const family = use.family ?? stackFamily(use.place);
      return templateVaults(document.template, { ...use, parameters, prefix, tags, role, nested, family });
    }
  }
}
