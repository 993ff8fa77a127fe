import { refusedInState } from "../facts/kms.js";
import { errorNames } from "../facts/vocabulary/errorNames.js";
import { partitions } from "../facts/vocabulary/partitions.js";
import type { Evidence } from "../snapshot/Evidence.js";
import type { Grant, Key, Organization, OrganizationTarget, Policy, Snapshot } from "../snapshot/Snapshot.js";
import type { Redactor } from "./Redactor.js";
import { redactDenial } from "./redactDenial.js";
import { redactAction, redactDocument, redactValue } from "./redactDocument.js";
import { redactInstant } from "./redactInstant.js";
import { redactSimulation } from "./redactSimulation.js";
import { redactTrailEvent } from "./redactTrailEvent.js";

type Texts = Record<string, string>;

/** The snapshot with every text of the user's rewritten. Fields that the specification does not list are left out. */
export function redactSnapshot(snapshot: Snapshot, redactor: Redactor): Snapshot {
  const { name, keyName, free } = redactor;
  const { request, caller, policies, denial } = snapshot;

  const reason = (text: string) => {
    const [error = ""] = /^[A-Za-z]+/.exec(text) ?? [];
    return free(text, `${errorNames.has(error) ? error : "Error"}: redacted`);
  };
  const evidence = <T>(one: Evidence<T>, redact: (value: T) => T): Evidence<T> => {
    switch (one.status) {
      case "read":
        return { status: "read", value: redact(one.value) };
      case "unreadable":
        return { status: "unreadable", reason: reason(one.reason) };
      case "none":
      case "notRead":
        return { status: one.status };
    }
  };
  const list =
    <T>(redact: (value: T) => T) =>
    (values: T[]) =>
      values.map(redact);
  const texts = (values: Texts): Texts =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [name(key), name(value)]));

  const policy = (one: Policy): Policy => ({
    name: name(one.name),
    ...(one.arn !== undefined && { arn: name(one.arn) }),
    ...(one.id !== undefined && { id: name(one.id) }),
    ...(one.attachedTo !== undefined && { attachedTo: name(one.attachedTo) }),
    document: redactDocument(one.document, redactor),
    ...(one.unreadable !== undefined && { unreadable: reason(one.unreadable) }),
  });
  const target = (one: OrganizationTarget): OrganizationTarget => ({
    id: name(one.id),
    type: one.type,
    ...(one.name !== undefined && { name: name(one.name) }),
    policies: one.policies.map(policy),
    ...(one.unreadable !== undefined && { unreadable: reason(one.unreadable) }),
  });
  const organization = (one: Organization): Organization => ({
    id: name(one.id),
    managementAccountId: name(one.managementAccountId),
    path: one.path === null ? null : name(one.path),
  });
  const grant = (one: Grant): Grant => ({
    grantId: name(one.grantId),
    ...(one.granteePrincipal !== undefined && { granteePrincipal: name(one.granteePrincipal) }),
    ...(one.retiringPrincipal !== undefined && { retiringPrincipal: name(one.retiringPrincipal) }),
    ...(one.issuingAccount !== undefined && { issuingAccount: name(one.issuingAccount) }),
    operations: one.operations.map(name),
    ...(one.constraints !== undefined && {
      constraints: {
        ...(one.constraints.encryptionContextSubset !== undefined && {
          encryptionContextSubset: texts(one.constraints.encryptionContextSubset),
        }),
        ...(one.constraints.encryptionContextEquals !== undefined && {
          encryptionContextEquals: texts(one.constraints.encryptionContextEquals),
        }),
      },
    }),
  });
  const key = (one: Key): Key => ({
    arn: name(one.arn),
    accountId: name(one.accountId),
    manager: one.manager,
    state: one.state === null || refusedInState.has(one.state) ? one.state : free(one.state, "Other"),
    policy: evidence(one.policy, policy),
    grants: evidence(one.grants, list(grant)),
    ...(one.keySpec !== undefined && { keySpec: name(one.keySpec) }),
    ...(one.keyUsage !== undefined && { keyUsage: name(one.keyUsage) }),
    ...(one.origin !== undefined && { origin: name(one.origin) }),
    ...(one.multiRegion !== undefined && { multiRegion: one.multiRegion }),
    ...(one.multiRegionKeyType !== undefined && { multiRegionKeyType: name(one.multiRegionKeyType) }),
    ...(one.aliases !== undefined && { aliases: evidence(one.aliases, list(name)) }),
    ...(one.tags !== undefined && { tags: evidence(one.tags, texts) }),
    ...(one.organization !== undefined && { organization: evidence(one.organization, organization) }),
  });

  return {
    snapshotVersion: snapshot.snapshotVersion,
    capturedAt: redactInstant(snapshot.capturedAt, redactor),
    request: {
      operation: request.operation,
      partition: partitions.has(request.partition) ? request.partition : name(request.partition),
      region: name(request.region),
      accountId: name(request.accountId),
      backupVaultName: name(request.backupVaultName),
      encryptionKeyArn: request.encryptionKeyArn === null ? null : name(request.encryptionKeyArn),
      backupVaultTags: texts(request.backupVaultTags),
    },
    caller: {
      arn: name(caller.arn),
      principalArn: name(caller.principalArn),
      ...(caller.issuerArn !== undefined && { issuerArn: name(caller.issuerArn) }),
      ...(caller.userId !== undefined && { userId: name(caller.userId) }),
      tags: evidence(caller.tags, texts),
      ...(caller.sessionTags !== undefined && { sessionTags: evidence(caller.sessionTags, texts) }),
    },
    context: Object.fromEntries(
      Object.entries(snapshot.context).map(([entry, value]) => [
        keyName(entry),
        typeof value === "string"
          ? redactValue(entry, value, redactor)
          : Array.isArray(value)
            ? value.map((one) => redactValue(entry, one, redactor))
            : value,
      ]),
    ),
    policies: {
      identity: evidence(policies.identity, list(policy)),
      permissionsBoundary: evidence(policies.permissionsBoundary, policy),
      session: evidence(policies.session, list(policy)),
      serviceControl: evidence(policies.serviceControl, list(target)),
      resourceControl: evidence(policies.resourceControl, list(target)),
      vpcEndpoint: evidence(policies.vpcEndpoint, policy),
    },
    key: evidence(snapshot.key, key),
    organization: evidence(snapshot.organization, organization),
    simulation: evidence(
      snapshot.simulation,
      list((call) => redactSimulation(call, redactor)),
    ),
    ...(snapshot.dryRun !== undefined && {
      dryRun: evidence(
        snapshot.dryRun,
        list(({ action, allowed, keyState }) => ({
          action: redactAction(action, redactor),
          allowed,
          ...(keyState !== undefined && { keyState }),
        })),
      ),
    }),
    ...(snapshot.cloudTrail !== undefined && {
      cloudTrail: evidence(
        snapshot.cloudTrail,
        list((event) => redactTrailEvent(event, redactor)),
      ),
    }),
    denial: denial === null ? null : redactDenial(denial, redactor),
  };
}
