/** Who made a call, as CloudTrail tells it. */
export interface UserIdentity {
  type: "Root" | "IAMUser" | "AssumedRole" | "FederatedUser" | "WebIdentityUser" | "AWSAccount";
  principalId: string;
  /** Left out of who came by an identity provider, as are account and access key, and of who is of another account. */
  arn?: string;
  accountId?: string;
  accessKeyId?: string;
  userName?: string;
  identityProvider?: string;
  sessionContext?: {
    sessionIssuer?: { type: "Role" | "IAMUser"; principalId: string; arn: string; accountId: string; userName: string };
    attributes: { creationDate: string; mfaAuthenticated: string };
  };
  /** The service that made the call for the caller; left out: the caller itself did. */
  invokedBy?: string;
}

/**
 * One call as CloudTrail records it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface TrailRecord {
  eventVersion: "1.11";
  userIdentity: UserIdentity;
  /** ISO 8601, to the second. */
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: Record<string, unknown> | null;
  responseElements: Record<string, unknown> | null;
  additionalEventData?: Record<string, unknown>;
  requestID: string;
  eventID: string;
  readOnly: boolean;
  resources?: { accountId: string; type: "AWS::KMS::Key" | "AWS::IAM::Role"; ARN: string }[];
  eventType: "AwsApiCall";
  managementEvent: true;
  recipientAccountId: string;
  /** The same in the events that two accounts get of one call. */
  sharedEventID?: string;
  eventCategory: "Management";
}
