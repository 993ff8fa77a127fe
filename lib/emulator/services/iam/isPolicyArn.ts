import { parseArn } from "../../../facts/arn.js";

/** Whether a text has the form of a managed policy's ARN. */
export function isPolicyArn(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === "iam" && arn.resource.startsWith("policy/");
}
