import type { Blocker } from "../diagnosis/Diagnosis.js";
import { layerNames, type PolicyLayer, principalLayers } from "../facts/layers.js";
import { conditionTruth } from "../policy/conditions/conditionTruth.js";
import { matchStatements, statementsNaming } from "../policy/matchStatements.js";
import type { ParsedPolicy, ParsedStatement } from "../policy/ParsedPolicy.js";
import { parsedPolicy } from "../policy/policyMemory.js";
import type { PolicyPlace } from "../snapshot/layerEvidence.js";
import type { Demand } from "./Demand.js";
import type { Patient } from "./Patient.js";

const mostStatements = 50;

/** The Allows that a silent layer has, but for a condition: of each action the one that asks least. */
export function demandsOf(patient: Patient, { layer, target, actions }: Blocker): Demand[] {
  if (layer === "key-state") return [];
  const places = patient.places.filter((place) => place.layer === layer && place.target === target);
  return actions.flatMap((action) => {
    const found = places.flatMap((place) => demandsIn(patient, place, layer, action));
    const [least] = found.sort((one, other) => one.missing.length - other.missing.length);
    return least === undefined ? [] : [least];
  });
}

function demandsIn(patient: Patient, { policy }: PolicyPlace, layer: PolicyLayer, action: string): Demand[] {
  const { inquiry } = patient;
  const question = inquiry.questions.find((one) => one.action === action);
  if (question === undefined || policy.document === null) return [];
  const parsed = parsedPolicy(policy.document, principalLayers.has(layer));
  const asked = {
    action,
    resource: question.resource,
    principal: inquiry.caller.principal,
    principalHasBoundary: inquiry.principalHasBoundary,
    lookup: question.context,
  };
  const allows = statementsNaming(parsed, action).filter(
    ({ effect, conditions }) => effect === "Allow" && conditions.length > 0,
  );
  return allows.slice(0, mostStatements).flatMap((statement): Demand[] => {
    const truths = statement.conditions.map((condition) => ({
      condition,
      truth: conditionTruth(condition, parsed.version, "Allow", asked.lookup).truth,
    }));
    const those = (wanted: string) => truths.flatMap(({ condition, truth }) => (truth === wanted ? [condition] : []));
    const missing = those("false");
    if (missing.length === 0 || !isAboutIt(parsed, statement, asked)) return [];
    const which = statement.sid === null ? `the statement at index ${statement.index}` : `statement "${statement.sid}"`;
    return [{ action, by: `${which} of the ${layerNames[layer]} "${policy.name}"`, met: those("true"), missing }];
  });
}

/** Whether a statement names the call, whatever its conditions are. */
function isAboutIt(
  parsed: ParsedPolicy,
  statement: ParsedStatement,
  asked: Parameters<typeof matchStatements>[1],
): boolean {
  const bare = { ...parsed, statements: [{ ...statement, conditions: [] }], naming: new Map() };
  return matchStatements(bare, asked).some(({ truth }) => truth === "true");
}
