/**
 * Error names that may stay before a reason; of others nothing stays.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the errors of each operation that is read
 */
export const errorNames: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AWSOrganizationsNotInUseException",
  "DependencyTimeoutException",
  "ExpiredToken",
  "ExpiredTokenException",
  "InternalFailure",
  "InternalServerError",
  "InvalidArnException",
  "InvalidClientTokenId",
  "InvalidInput",
  "InvalidInputException",
  "KMSInternalException",
  "NoSuchEntity",
  "NoSuchEntityException",
  "NotAuthorized",
  "NotFoundException",
  "PolicyNotFoundException",
  "ServiceUnavailable",
  "SignatureDoesNotMatch",
  "TargetNotFoundException",
  "Throttling",
  "ThrottlingException",
  "TimeoutError",
  "TooManyRequestsException",
  "UnauthorizedOperation",
  "Unknown",
  "UnrecognizedClientException",
  "ValidationError",
  "ValidationException",
]);
