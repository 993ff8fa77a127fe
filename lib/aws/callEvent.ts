import { channel } from "node:diagnostics_channel";

/** What is published on the channel `backup-vault-access:call`: a read is asked, and then it is answered, whatever by. */
export interface CallEvent {
  type: "asked" | "answered";
  /** As "iam:GetRole". */
  call: string;
}

const calls = channel("backup-vault-access:call");

/** Publishes an event to whoever subscribes. */
export function publishCall(event: CallEvent): void {
  if (calls.hasSubscribers) calls.publish(Object.freeze(event));
}
