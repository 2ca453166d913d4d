import { partitionOf } from "../wire/partitions";

/** The parts of an ARN of something inside an instance. */
export interface ResourceArn {
  region: string;
  account: string;
  instanceId: string;
  type: string;
  id: string;
}

const resourceArn =
  /^arn:[^:]*:connect:(?<region>[^:]*):(?<account>[^:]*):instance\/(?<instanceId>[^/]+)\/(?<type>[^/]+)\/(?<id>.+)$/;

/** Splits an ARN of something inside an instance; undefined if it is not one. */
export function parseResourceArn(arn: string): ResourceArn | undefined {
  const groups = resourceArn.exec(arn)?.groups;
  if (groups === undefined) return undefined;
  const { region = "", account = "", instanceId = "", type = "", id = "" } = groups;
  return { region, account, instanceId, type, id };
}

/** The ARN of an instance; its resources append `/{type}/{id}`. */
export function instanceArn(region: string, account: string, instanceId: string): string {
  return `arn:${partitionOf(region)}:connect:${region}:${account}:instance/${instanceId}`;
}

/** The ARN of an IAM user of another account: of people whose calls no test makes. */
export function outsiderArn(region: string, name: string): string {
  return `arn:${partitionOf(region)}:iam::999999999999:user/${name}`;
}

/** Connect names an IAM caller by nesting the ARN of the role session in an agent ARN. */
export function evaluatorArn(instance: { arn: string }, caller: { arn: string }): string {
  return `${instance.arn}/agent/${caller.arn}`;
}

/** The ARN of a user of the instance that has this evaluation, for what no call of a test does. */
export function someoneIn(evaluationArn: string): string {
  return `${evaluationArn.slice(0, evaluationArn.indexOf("/contact-evaluation/"))}/agent/someone`;
}
