import { type Arn, parseArn } from "../facts/arn.js";

const none: Arn = { partition: "", service: "", region: "", accountId: "", resource: "" };

/** An ARN's parts; all empty where the text is no ARN, so that nothing of a world equals them. */
export function arnOf(text: string): Arn {
  return parseArn(text) ?? none;
}
