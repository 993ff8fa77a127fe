import type { Output } from "../Call.js";
import type { ServiceError } from "../ServiceError.js";
import type { WireResponse } from "./WireRequest.js";
import { toXml } from "./xml.js";

/**
 * EC2's answers: the query protocol's but for the envelope.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export function ec2Answer(operation: string, output: Output | undefined, requestId: string): WireResponse {
  const told = toXml({ requestId, ...output });
  return xml(
    200,
    requestId,
    `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${told}</${operation}Response>`,
  );
}

export function ec2Error({ code, message, status }: ServiceError, requestId: string): WireResponse {
  return xml(
    status,
    requestId,
    `<Response><Errors><Error>${toXml({ Code: code, Message: message })}</Error></Errors>${toXml({ RequestID: requestId })}</Response>`,
  );
}

function xml(status: number, requestId: string, body: string): WireResponse {
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body };
}
