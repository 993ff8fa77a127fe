import type { NotKnown } from "./NotKnown.js";
import type { ReadPlan } from "./PlannedVault.js";
import type { PlanDocument } from "./readPlan.js";
import { type Deployment, templateVaults } from "./template/templateVaults.js";
import { terraformVaults } from "./terraform/terraformVaults.js";

/** How a plan would be applied; what only templates ask for may be left out. */
export type PlanUse = Pick<Deployment, "file" | "place"> &
  Partial<Pick<Deployment, "parameters" | "prefix" | "tags" | "nested" | "stackName">> & {
    role?: string | NotKnown | null;
  };

/**
 * The vaults that a plan or template creates, each with its key, as far as is known before it is applied. Pure.
 *
 * @example
 * const { vaults } = vaultsOfPlan(readPlan(text), { file: "plan.json", place: { partition: "aws", accountId, region } });
 */
export function vaultsOfPlan(
  document: PlanDocument,
  { parameters = {}, prefix = "", tags = {}, role = null, nested = new Map(), ...use }: PlanUse,
): ReadPlan {
  switch (document.kind) {
    case "terraform":
      return terraformVaults(document.plan, use.file, use.place);
    case "template":
      return templateVaults(document.template, { ...use, parameters, prefix, tags, role, nested });
  }
}
