/**
 * An IAM policy document as AWS writes it. Every element may be a single value or a list.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  /** "2012-10-17" or "2008-10-17"; left out means 2008-10-17, in which policy variables are literal text. */
  Version?: string;
  Id?: string;
  Statement: PolicyStatement | PolicyStatement[];
}

/** One statement of a {@link PolicyDocument}. */
export interface PolicyStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: PolicyPrincipal;
  NotPrincipal?: PolicyPrincipal;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  /** Operator -> condition key -> value or values. */
  Condition?: Record<string, Record<string, PolicyConditionValue | PolicyConditionValue[]>>;
}

/** "*", or a principal type (AWS, Service, Federated, CanonicalUser) with its names. */
export type PolicyPrincipal = "*" | Record<string, string | string[]>;

/** AWS takes numbers and booleans where it documents text; they mean their text. */
export type PolicyConditionValue = string | number | boolean;
