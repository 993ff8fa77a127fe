import { expect } from "chai";
import type { Blocker, Diagnosis } from "../../../lib/diagnosis/Diagnosis.js";
import type { Layer } from "../../../lib/facts/layers.js";
import type { ExpectedBlocker, ExpectedDiagnosis } from "./CaseTable.js";

const seven = [
  "backup:CreateBackupVault",
  "backup-storage:MountCapsule",
  "kms:CreateGrant",
  "kms:DescribeKey",
  "kms:RetireGrant",
  "kms:Decrypt",
  "kms:GenerateDataKey",
];

/** Asserts what a case expects of its diagnosis, and nothing else. */
export function checkDiagnosis(diagnosis: Diagnosis, expected: ExpectedDiagnosis): void {
  expect(
    diagnosis.actions.slice(0, seven.length).map(({ action }) => action),
    "the seven actions",
  ).to.deep.equal(seven);

  // The blockers first: a wrong outcome alone tells little.
  if (expected.blockers !== undefined) {
    const wanted = expected.blockers.map((blocker) => ({ ...blocker, actions: actionsIn(blocker.actions) }));
    const got = diagnosis.blockers.map((blocker, index) => comparable(blocker, expected.blockers?.[index]));
    expect(got, "blockers").to.deep.equal(wanted);
  }
  if (expected.outcome !== undefined) expect(diagnosis.outcome, "outcome").to.equal(expected.outcome);
  if (expected.blockingLayer !== undefined) {
    expect(diagnosis.blockingLayer, "blockingLayer").to.equal(expected.blockingLayer);
  }
  const reasons = diagnosis.blockers.map(({ reason }) => reason).join("\n");
  for (const pattern of expected.reasons ?? []) expect(reasons).to.match(new RegExp(pattern));
  for (const pattern of expected.notReasons ?? []) expect(reasons).not.to.match(new RegExp(pattern));
  for (const pattern of expected.summary ?? []) expect(diagnosis.summary).to.match(new RegExp(pattern));
  for (const pattern of expected.notSummary ?? []) expect(diagnosis.summary).not.to.match(new RegExp(pattern));
  if (expected.subject !== undefined)
    expect(diagnosis, "subject").to.have.property("subject").that.includes(expected.subject);
  for (const [actions, verdict] of Object.entries(expected.verdicts ?? {})) {
    for (const action of actionsIn(actions)) expect(rowOf(diagnosis, action).verdict, action).to.equal(verdict);
  }
  for (const [actions, layers] of Object.entries(expected.layers ?? {})) {
    for (const action of actionsIn(actions)) {
      for (const [layer, verdict] of Object.entries(layers)) {
        expect(rowOf(diagnosis, action).layers[layer as Layer].verdict, `${layer} of ${action}`).to.equal(verdict);
      }
    }
  }
  for (const [actions, layers] of Object.entries(expected.sources ?? {})) {
    for (const action of actionsIn(actions)) {
      for (const [layer, sources] of Object.entries(layers)) {
        const got = rowOf(diagnosis, action).layers[layer as Layer].sources;
        expect(got, `sources of ${layer} of ${action}`).to.include.members(sources);
      }
    }
  }
  for (const [asked, isIncluded] of [
    [expected.statements, true],
    [expected.notStatements, false],
  ] as const) {
    for (const [actions, layers] of Object.entries(asked ?? {})) {
      for (const action of actionsIn(actions)) {
        for (const [layer, statements] of Object.entries(layers)) {
          const refs = rowOf(diagnosis, action).layers[layer as Layer].statements;
          const got = refs.map(({ policy, index }) => `${policy}#${index}`);
          for (const statement of statements) {
            expect(got.includes(statement), `${statement} of ${layer} of ${action}: ${got.join(", ")}`).to.equal(
              isIncluded,
            );
          }
        }
      }
    }
  }
  for (const [actions, resource] of Object.entries(expected.resources ?? {})) {
    for (const action of actionsIn(actions)) expect(rowOf(diagnosis, action).resource, action).to.equal(resource);
  }

  const suspects = diagnosis.suspects.map(({ layer }) => layer);
  expect(suspects, "suspects").to.include.members(expected.suspects ?? []);
  for (const layer of expected.notSuspects ?? []) expect(suspects, "suspects").not.to.include(layer);
  for (const [layer, actions] of Object.entries(expected.suspectActions ?? {})) {
    const suspected = diagnosis.suspects.filter((suspect) => suspect.layer === layer).flatMap((s) => s.actions);
    expect(
      seven.filter((action) => suspected.includes(action)),
      `suspect ${layer}`,
    ).to.deep.equal(actionsIn(actions));
  }
  const suspectReasons = diagnosis.suspects.map(({ reason }) => reason).join("\n");
  for (const pattern of expected.suspectReasons ?? []) expect(suspectReasons).to.match(new RegExp(pattern));
  for (const pattern of expected.notSuspectReasons ?? []) expect(suspectReasons).not.to.match(new RegExp(pattern));
  for (const [layer, statements] of Object.entries(expected.suspectStatements ?? {})) {
    expect(statementsOf(diagnosis, layer), `statements of the suspect ${layer}`).to.have.members(statements);
  }
  const dependsOn = diagnosis.suspects.flatMap((suspect) => suspect.dependsOn.map((key) => key.toLowerCase()));
  expect(dependsOn, "dependsOn").to.include.members((expected.dependsOn ?? []).map((key) => key.toLowerCase()));
  for (const key of expected.notDependsOn ?? []) expect(dependsOn, "dependsOn").not.to.include(key.toLowerCase());

  const assumptions = diagnosis.assumptions.join("\n");
  for (const pattern of expected.assumptions ?? []) expect(assumptions).to.match(new RegExp(pattern, "i"));
  for (const pattern of expected.notAssumptions ?? []) expect(assumptions).not.to.match(new RegExp(pattern, "i"));

  if (expected.disagreements !== undefined) {
    const got = diagnosis.disagreements.map(({ layer, action }) => ({ layer, action }));
    expect(got, "disagreements").to.have.deep.members(expected.disagreements);
  }
  if (expected.disagreeingActions !== undefined) {
    const got = new Set(diagnosis.disagreements.map(({ action }) => action));
    expect([...got], "actions of disagreements").to.have.members(actionsIn(expected.disagreeingActions));
  }
  if (expected.extraActions !== undefined) {
    const got = diagnosis.actions.slice(seven.length).map(({ action }) => action);
    expect(got, "actions beyond the seven").to.deep.equal(expected.extraActions);
  }
}

/** The statements that the suspects of a layer hang on, as "Policy#0@target". */
function statementsOf(diagnosis: Diagnosis, layer: string): string[] {
  return diagnosis.suspects
    .filter((suspect) => suspect.layer === layer)
    .flatMap((suspect) => ("statements" in suspect ? (suspect.statements as SuspectStatement[]) : []))
    .map(({ policy, index, target }) => `${policy}#${index}@${target}`);
}

interface SuspectStatement {
  policy: string;
  index: number;
  target: string | null;
}

function rowOf(diagnosis: Diagnosis, action: string): Diagnosis["actions"][number] {
  const row = diagnosis.actions.find((candidate) => candidate.action === action);
  if (row === undefined) throw new Error(`the diagnosis has no row for ${action}`);
  return row;
}

/** "kms:*" and "*" over the seven, or actions by name; in the diagnosis's order. */
function actionsIn(list: string): string[] {
  const names = list.split(" ").filter((name) => name !== "");
  const isNamed = (action: string) =>
    names.some((name) => name === action || (name.endsWith("*") && action.startsWith(name.slice(0, -1))));
  return [...seven.filter(isNamed), ...names.filter((name) => !name.endsWith("*") && !seven.includes(name))];
}

/** The fields of a blocker that the case names; of a blocker that it does not expect, those that tell it apart. */
function comparable(blocker: Blocker, expected: ExpectedBlocker | undefined): Record<string, unknown> {
  const { layer, effect, actions, certainty, policy, statement, target } = blocker;
  const all: Record<string, unknown> = {
    certainty,
    sid: statement === null ? undefined : statement.sid,
    index: statement?.index,
    statement,
    policy: policy === null ? null : policy.name,
    policyArn: policy?.arn,
    attachedTo: policy?.attachedTo,
    target,
  };
  const named = expected === undefined ? ["certainty", "policy"] : Object.keys(expected);
  return {
    layer,
    effect,
    actions,
    ...Object.fromEntries(Object.entries(all).filter(([name]) => named.includes(name))),
  };
}
