import { BackupServiceException } from "@aws-sdk/client-backup";

/** An AccessDeniedException with this message, as the SDK throws it. */
export function accessDenied(message: string, name = "AccessDeniedException"): BackupServiceException {
  return new BackupServiceException({
    name,
    $fault: "client",
    $metadata: {
      httpStatusCode: 403,
      requestId: "1c2b3a4d-0000-4000-8000-000000000000",
      attempts: 1,
      totalRetryDelay: 0,
    },
    message,
  });
}
