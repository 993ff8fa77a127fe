import type { Grant, Key, Organization, OrganizationTarget, Policy } from "../../lib/snapshot/Snapshot.js";
import type { UndocumentedFact } from "./Question.js";

/** What the oracle is told where the snapshot does not tell: after that nothing is unknown. */
export interface Filling {
  /** A context key that is unknown for `action`. `present`: it is there, so null may not be answered. */
  contextValue?: (key: string, action: string, present: boolean) => string | string[] | null;
  undocumented?: (fact: UndocumentedFact) => boolean;
  identity?: Policy[];
  permissionsBoundary?: Policy | null;
  session?: Policy[] | null;
  /** Under which name a role of which no session is known has been assumed; its unique id, where that is not known either. */
  sessionName?: string;
  roleId?: string;
  /** Who asked for a federated user's session, where that is not known. */
  issuerArn?: string;
  serviceControl?: OrganizationTarget[];
  resourceControl?: OrganizationTarget[];
  vpcEndpoint?: Policy | null;
  /** A policy that is listed, but whose document could not be read. */
  document?: Policy["document"];
  key?: Key | null;
  /** The ARN of a key that was neither asked for nor read. */
  keyArn?: string;
  keyPolicy?: Policy;
  /** Left out: none, as the specification takes them. */
  grants?: Grant[];
  keyState?: string;
  organization?: Organization | null;
}
