/**
 * Why a blocker has no proven fix: a closed list, which docs/fixes.md explains. A fix that is not verified says one of
 * these in its note.
 */
export const obstacles = {
  "only-said":
    "Only AWS's words about a call in the past say so, and nothing that was read: a change of what was read would prove nothing.",
  "not-read": "The policy could not be read, so no change of it can be shown.",
  damaged: "The document is damaged, so that AWS would not store a change of it.",
  "aws-managed": "AWS manages it, and nobody else can change it.",
  "permission-set":
    "The role belongs to IAM Identity Center, and IAM refuses changes of it: the permission set has to be changed, and provisioned again.",
  "service-linked": "The role is linked to a service, and only that service changes it.",
  "too-long": "The document would be longer than AWS allows.",
  "too-many": "As many policies are attached as AWS allows, unless that quota was raised.",
  "another-key": "Whether there is a key that fits was not read.",
  "key-not-ready": "The key cannot simply be enabled in its state.",
  "key-undecided": "Whether the caller may use the AWS managed key could not be decided from what was read.",
  "nobody-named": "Whose policies apply was not read.",
  "only-denies": "Such policies only deny; there is nothing to allow in them.",
  stays: "Tried alone, or with the other changes, it does not remove the blocker, or something else blocks then.",
  "not-tried": "Not tried: there are too many to try in time.",
} as const;

/** One reason why nothing could be proven. */
export type Obstacle = keyof typeof obstacles;
