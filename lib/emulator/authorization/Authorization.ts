import type { WorldDocument, WorldKey } from "../World.js";
import type { CallContext } from "./callContext.js";

/** One action on one resource, as a service puts it to all layers. */
export interface Authorization {
  action: string;
  /** "*" for an action without a resource type. */
  resource: string;
  context: CallContext;
  /** KMS actions on a key: the key, whose policy and grants decide too. */
  key?: WorldKey;
  /** sts:AssumeRole: the role's trust policy and account. */
  trust?: { document: WorldDocument; owner: string };
  /** Actions on a vault that has an access policy. */
  accessPolicy?: WorldDocument;
  /** The request passes the caller's VPC endpoint, as forwarded calls do not. */
  throughEndpoint?: boolean;
}
