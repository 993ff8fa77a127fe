/**
 * A proxy's HTML page with status 403: no refusal by AWS. The SDK throws a SyntaxError, and so does every door of this
 * package: the very same error, undiagnosed.
 *
 * @example
 * mockClient(BackupClient).on(CreateBackupVaultCommand).rejects(proxyPageDenial());
 */
export function proxyPageDenial(): SyntaxError {
  const error = new SyntaxError(
    `Unexpected token '<', "<html><hea"... is not valid JSON\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.`,
  );
  return Object.assign(error, {
    $metadata: {
      httpStatusCode: 403,
      requestId: undefined,
      attempts: 1,
      totalRetryDelay: 0,
    },
  });
}
