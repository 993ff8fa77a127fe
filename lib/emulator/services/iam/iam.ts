import type { Operation } from "../../Call.js";
import { simulateCustomPolicy } from "../../simulation/simulateCustomPolicy.js";
import { simulatePrincipalPolicy } from "../../simulation/simulatePrincipalPolicy.js";
import { GetAccountAuthorizationDetails } from "./accountDetails.js";
import { groupOperations } from "./groupOperations.js";
import { namedGroup, namedRole, namedUser } from "./holders.js";
import { managedPolicyOperations } from "./managedPolicyOperations.js";
import { oidcProviders } from "./oidcProviders.js";
import { policyOperations } from "./policyOperations.js";
import { policyVersions } from "./policyVersions.js";
import { principalOperations } from "./principalOperations.js";
import { roleOperations } from "./roleOperations.js";
import { serviceLinkedRoles } from "./serviceLinkedRoles.js";
import { userOperations } from "./userOperations.js";

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
export const iam: Readonly<Record<string, Operation>> = {
  ...roleOperations,
  ...serviceLinkedRoles,
  ...userOperations,
  ...groupOperations,
  ...oidcProviders,
  ...managedPolicyOperations,
  ...policyVersions,
  ...policyOperations("Role", namedRole),
  ...policyOperations("User", namedUser),
  ...policyOperations("Group", namedGroup),
  ...principalOperations("Role", namedRole),
  ...principalOperations("User", namedUser),
  GetAccountAuthorizationDetails,
  SimulateCustomPolicy: simulateCustomPolicy,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
};
