import { lastSegment } from "../facts/arn.js";
import type { Policy } from "../snapshot/Snapshot.js";
import type { PolicyRef } from "./LayerJudgement.js";

/** Names a policy without its text. One without a name is called by its ARN's last segment, or by what it is attached to. */
export function policyRef({ name, arn, id, attachedTo }: Policy): PolicyRef {
  return Object.freeze({
    name: name !== "" ? name : arn !== undefined ? lastSegment(arn) : (attachedTo ?? ""),
    ...(arn !== undefined && { arn }),
    ...(id !== undefined && { id }),
    ...(attachedTo !== undefined && { attachedTo }),
  });
}
