import type { PlanPlace } from "../PlanPlace.js";

/**
 * What AWS itself gives to every template; null where it is not known.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
export function pseudoParameters(
  { accountId, region, partition }: PlanPlace,
  stackName: string | null,
): Readonly<Record<string, string | null>> {
  return {
    "AWS::AccountId": accountId,
    "AWS::Region": region,
    "AWS::Partition": partition,
    "AWS::StackName": stackName,
    "AWS::URLSuffix": partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
  };
}
