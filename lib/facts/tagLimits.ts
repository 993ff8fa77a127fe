/**
 * What all services' tags keep to: so many of one resource, user or role, and so many letters.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const tagLimits = { most: 50, longestKey: 128, longestValue: 256 } as const;
