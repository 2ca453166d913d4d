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

/** Splits an ARN of something inside an instance; undefined when it is none. */
export function parseResourceArn(arn: string): ResourceArn | undefined {
  const groups = resourceArn.exec(arn)?.groups;
  if (groups === undefined) return undefined;
  const { region = "", account = "", instanceId = "", type = "", id = "" } = groups;
  return { region, account, instanceId, type, id };
}

/** The ARN of an instance; its resources append `/{type}/{id}`. */
export function instanceArn(region: string, account: string, instanceId: string): string {
  return `arn:aws:connect:${region}:${account}:instance/${instanceId}`;
}

/** Connect names an IAM caller by nesting the ARN of the role session in an agent ARN. */
export function evaluatorArn(instance: { arn: string }, caller: { arn: string }): string {
  return `${instance.arn}/agent/${caller.arn}`;
}

/** The parts of a role's ARN; the name is without its path. */
export interface RoleArn {
  partition: string;
  account: string;
  name: string;
}

const roleArn = /^arn:(?<partition>[\w-]+):iam::(?<account>\d{12}):role\/(?:[^/]+\/)*(?<name>[\w+=,.@-]+)$/;

/** Splits the ARN of a role; undefined when it is none. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const groups = roleArn.exec(arn)?.groups;
  if (groups === undefined) return undefined;
  const { partition = "", account = "", name = "" } = groups;
  return { partition, account, name };
}

/** The ARN of a session of a role; the role's path does not show in it. */
export function sessionArn({ partition, account, name }: RoleArn, session: string): string {
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
}
