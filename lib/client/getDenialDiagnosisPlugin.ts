import type { CreateBackupVaultCommandInput, ServiceInputTypes, ServiceOutputTypes } from "@aws-sdk/client-backup";
import type { HandlerExecutionContext, Pluggable } from "@smithy/types";
import { isDenial } from "../denial/isDenial.js";
import { checkOptions } from "../options/checkOptions.js";
import type { DiagnosisOptions } from "../options/DiagnosisOptions.js";
import { BackupVaultAccessDeniedError } from "./BackupVaultAccessDeniedError.js";
import type { CallerConfig } from "./CallerConfig.js";
import { executionOf } from "./executionOf.js";
import { explainedLazily } from "./explainedLazily.js";

/**
 * A plugin for the middleware stack of any BackupClient: where AWS refuses CreateBackupVault, the error says which policy
 * layer blocks. Every other command, every other error and every success pass through untouched.
 *
 * @throws InvalidRequestError where an option is wrong
 * @example
 * const client = new BackupClient({});
 * client.middlewareStack.use(getDenialDiagnosisPlugin());
 */
export function getDenialDiagnosisPlugin(
  options: DiagnosisOptions = {},
): Pluggable<ServiceInputTypes, ServiceOutputTypes> {
  return diagnosisPlugin(options, null);
}

/** @param config of the client that the plugin is for; null where it is taken from the call's own context */
export function diagnosisPlugin(
  options: DiagnosisOptions,
  config: CallerConfig | null,
): Pluggable<ServiceInputTypes, ServiceOutputTypes> {
  checkOptions(options, "plugin");
  return {
    applyToStack: (stack) => {
      // Around everything, so that the SDK's own retries are over. A second plugin replaces the first.
      stack.add(
        (next, context: HandlerExecutionContext) => {
          if (context.commandName !== "CreateBackupVaultCommand") return next;
          return async (args) => {
            try {
              return await next(args);
            } catch (error) {
              if (!isDenial(error) || BackupVaultAccessDeniedError.isInstance(error)) throw error;
              const execution = executionOf(context);
              throw await explainedLazily(
                error,
                { input: args.input as CreateBackupVaultCommandInput, config: config ?? execution.config },
                options,
                {
                  abortSignal: execution.abortSignal,
                },
              );
            }
          };
        },
        { step: "initialize", priority: "high", name: "denialDiagnosisMiddleware", override: true },
      );
    },
  };
}
