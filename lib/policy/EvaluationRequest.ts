import type { ContextLookup } from "./ContextKeyState.js";
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

/** A resource of which the ARN's beginning is known, and what follows is not (the key behind an alias). */
export interface UnknownResource {
  prefix: string;
  /** What follows is a UUID, as behind alias/aws/backup; else it may be any text. */
  isUuid: boolean;
  /** What a person is told in `dependsOn`, as "key.arn". */
  name: string;
}
