/** The parts of a role's ARN; the name is without its path. */
export interface RoleArn {
  partition: string;
  account: string;
  name: string;
}

/** What the ARN of a role looks like. */
export const roleArnPattern =
  /^arn:(?<partition>[\w-]+):iam::(?<account>\d{12}):role\/(?:[^/]+\/)*(?<name>[\w+=,.@-]+)$/;

/** Splits the ARN of a role; undefined if it is not one. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const groups = roleArnPattern.exec(arn)?.groups;
  if (groups === undefined) return undefined;
  const { partition = "", account = "", name = "" } = groups;
  return { partition, account, name };
}

/** The ARN of a session of a role; the role's path does not show in it. */
export function sessionArn({ partition, account, name }: RoleArn, session: string): string {
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
}
