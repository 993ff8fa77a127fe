import type { ContextLookup } from "./KeyState.js";
import type { RequestPrincipal } from "./RequestPrincipal.js";
import type { Truth } from "./Truth.js";

/** One action on one resource by one principal, with what is known of its context. */
export interface EvaluationRequest {
  action: string;
  /** "*" for an action without a resource type. */
  resource: string | UnknownResource;
  /** Null: not given; a Principal element other than "*" is then unknown. */
  principal: RequestPrincipal | null;
  /** Only NotPrincipal asks. */
  principalHasBoundary: Truth;
  lookup: ContextLookup;
}

/** A resource of which the ARN's beginning is known, followed by a UUID that is not (the key behind alias/aws/backup). */
export interface UnknownResource {
  prefix: string;
  /** What a person is told in `dependsOn`, as "key.arn". */
  name: string;
}
