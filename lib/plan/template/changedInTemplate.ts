import { type ChangedBeside, mayServeBackup, ofEndpoint, ofIdentities, ofOrganization } from "../ChangedBeside.js";
import { isNotKnown } from "../NotKnown.js";
import { scalarText } from "../PlanPlace.js";
import type { TemplateStack } from "./templateStack.js";

/** Where resources say whose rights they are. */
const whose: Readonly<Record<string, string>> = {
  Roles: "role",
  RoleName: "role",
  Users: "user",
  UserName: "user",
};

const ofIam =
  /^AWS::IAM::(?:Policy|ManagedPolicy|RolePolicy|UserPolicy|GroupPolicy|Role|User|Group|UserToGroupAddition)$/;

/**
 * What a stack makes of identities' rights, of the organization's policies and of VPC endpoints'; of an identity that it
 * makes under a name that the deployment chooses, nobody else's.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/controls.html (preventive ones are SCPs and RCPs)
 */
export function changedInTemplate({ template, scope, resolver, fieldsOf }: TemplateStack): ChangedBeside[] {
  return Object.entries(template.Resources).flatMap(([id, resource]): ChangedBeside[] => {
    if (Array.isArray(resource)) return [];
    const { Type: type, Condition: condition } = resource;
    if (condition !== undefined && resolver.condition(condition) === false) return [];
    const [address, field] = [`${scope}${id}`, fieldsOf(resource)];
    if (type === "AWS::Organizations::Policy") {
      const kind = field("Type");
      return isNotKnown(kind) || /^(?:SERVICE|RESOURCE)_CONTROL_POLICY$/.test(scalarText(kind) ?? "")
        ? [{ address, of: null, layers: ofOrganization }]
        : [];
    }
    // Control Tower's controls are service and resource control policies, too.
    if (type === "AWS::ControlTower::EnabledControl") return [{ address, of: null, layers: ofOrganization }];
    if (type === "AWS::SSO::PermissionSet") return [{ address, of: ["role/AWSReservedSSO_*"], layers: ofIdentities }];
    if (type === "AWS::EC2::VPCEndpoint")
      return field("PolicyDocument") !== undefined && mayServeBackup(field("ServiceName"))
        ? [{ address, of: null, layers: ofEndpoint }]
        : [];
    if (!ofIam.test(type)) return [];
    const named = Object.entries(whose).flatMap(([name, kind]) =>
      [field(name)].flat().flatMap((value) => {
        if (!isNotKnown(value)) return value === undefined ? [] : [`${kind}/${scalarText(value) ?? "*"}`];
        const isMade = value.pieces?.some((piece) => typeof piece !== "string") === true;
        return isMade ? [] : [`${kind}/*`];
      }),
    );
    const groups = type.includes("Group") || field("Groups") !== undefined ? ["user/*"] : [];
    return [{ address, of: [...named, ...groups], layers: ofIdentities }];
  });
}
