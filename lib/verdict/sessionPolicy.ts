import { usesTemporaryCredentials } from "../request/usesTemporaryCredentials.js";
import { countsAsUnread } from "./countsAsUnread.js";
import type { Judging } from "./Judging.js";
import { judgeDocuments, matchDocuments } from "./judgeDocuments.js";
import { type LayerJudgement, notApplicable, unread } from "./LayerJudgement.js";
import { unreadReason } from "./unreadReason.js";

const layer = "session-policy";

/**
 * The session policies that the session was made with. No API tells them, so they are usually not read.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export function sessionPolicy(judging: Judging): LayerJudgement {
  const evidence = judging.snapshot.policies.session;
  if (!usesTemporaryCredentials(judging.snapshot) || evidence.status === "none") return notApplicable(layer);
  if (evidence.status !== "read") {
    return countsAsUnread(unread(layer, "policies.session", unreadReason(evidence)));
  }
  if (evidence.value.length === 0) return notApplicable(layer);
  const found = matchDocuments(judging, evidence.value, (index) => `policies.session[${index}]`, false);
  return countsAsUnread({
    ...judgeDocuments(layer, found, null),
    silent: [{ policy: null, statement: null, target: null, note: "" }],
  });
}
