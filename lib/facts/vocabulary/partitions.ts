/** AWS's partitions. Source: the AWS SDK's own list, @aws-sdk/core 3.981.0. Written by scripts/vocabulary.mjs. */
export const partitions: ReadonlySet<string> = new Set(
  `
aws aws-cn aws-eusc aws-iso aws-iso-b aws-iso-e aws-iso-f aws-us-gov
`
    .trim()
    .split(/\s+/),
);
