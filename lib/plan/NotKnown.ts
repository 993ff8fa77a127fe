const mark: unique symbol = Symbol("known only after the apply");

/** A text that is put together of what is known and of what other resources will be. */
export type Piece = string | { resource: string; attribute: string };

/** Stands in a planned value for what only the apply, or the deployment, will tell. */
export interface NotKnown {
  readonly [mark]: true;
  /** What it hangs on, as `aws_iam_role.deployer.arn`. */
  readonly because: string;
  /** Where it is a text that another resource's attribute goes into: its pieces. */
  readonly pieces?: readonly Piece[];
}

export function notKnown(because: string, pieces?: readonly Piece[]): NotKnown {
  return Object.freeze({ [mark]: true as const, because, ...(pieces !== undefined && { pieces }) });
}

export function isNotKnown(value: unknown): value is NotKnown {
  return typeof value === "object" && value !== null && mark in value;
}

/** The first of what a value hangs on, anywhere in it; null where it is wholly known. */
export function firstNotKnown(value: unknown): NotKnown | null {
  if (isNotKnown(value)) return value;
  if (typeof value !== "object" || value === null) return null;
  for (const part of Object.values(value)) {
    const found = firstNotKnown(part);
    if (found !== null) return found;
  }
  return null;
}
