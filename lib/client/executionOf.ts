import type { HandlerExecutionContext } from "@smithy/types";
import type { CallerConfig } from "./CallerConfig.js";

/**
 * What a call's context tells of the client that made it. A middleware is not handed its client; but the call that was
 * refused was signed, and the scheme it was signed with holds the client's configuration. Where a version of the SDK
 * keeps it elsewhere, the Region and the credentials that it was signed with are there.
 */
export function executionOf(context: HandlerExecutionContext): { config: CallerConfig; abortSignal?: AbortSignal } {
  const { selectedHttpAuthScheme: scheme, abortSignal } = (context.__smithy_context ?? {}) as {
    selectedHttpAuthScheme?: {
      identity?: unknown;
      httpAuthOption?: { signingProperties?: { config?: CallerConfig; region?: unknown } };
    };
    abortSignal?: unknown;
  };
  const signing = scheme?.httpAuthOption?.signingProperties;
  return {
    config: signing?.config ?? {
      region: signing?.region,
      credentials: scheme?.identity,
      // Unknown whose endpoint it was: taken for the client's own, so that nothing is sent anywhere else.
      isCustomEndpoint: true,
    },
    ...(abortSignal instanceof AbortSignal && { abortSignal }),
  };
}
