import { fieldOf } from "../fieldOf.js";
import { type PlanPlace, scalarText } from "../PlanPlace.js";

/**
 * What is made under a name that a template may give it, and the property that says it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html#aws-resource-iam-role-return-values
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html#aws-resource-kms-alias-return-values
 */
const nameFields: Readonly<Record<string, string>> = {
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
  "AWS::KMS::Alias": "AliasName",
};

/** What Ref gives of such a resource, or the ARN of a role or user; null where only the deployment tells. */
export function toldByName(
  resource: unknown,
  attribute: string,
  { partition, accountId }: PlanPlace,
  resolve: (value: unknown) => unknown,
): string | null {
  const type = scalarText(fieldOf(resource, "Type")) ?? "";
  const field = fieldOf(nameFields, type);
  if (typeof field !== "string" || (attribute !== "Ref" && attribute !== "Arn")) return null;
  const properties = fieldOf(resource, "Properties");
  const [named, path] = [resolve(fieldOf(properties, field)), resolve(fieldOf(properties, "Path") ?? "/")];
  if (typeof named !== "string") return null;
  if (attribute === "Ref") return named;
  const [, kind] = /^AWS::IAM::(Role|User)$/.exec(type) ?? [];
  if (kind === undefined || typeof path !== "string" || accountId === null) return null;
  return `arn:${partition}:iam::${accountId}:${kind.toLowerCase()}${path}${named}`;
}
