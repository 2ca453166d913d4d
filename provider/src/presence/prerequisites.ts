import { ifNotFound, orUnknown } from "../aws/awsError";
import type { Connect } from "../connect/connect";
import type { Cause } from "../shared/errors";
import { isUnknown } from "../shared/model";

/** What must exist before an evaluation can be started; looked at after a failed start, and before a replacement. */
export interface Prerequisites {
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
}

/** What looking at the prerequisites needs of Connect. */
export type PrerequisiteCalls = Pick<
  Connect,
  "region" | "describeInstance" | "describeContactRecord" | "listEvaluationFormVersions"
>;

type Look = (connect: PrerequisiteCalls, wanted: Prerequisites) => Promise<Cause | undefined>;

const missing = (noun: string, where: string): Cause => ({
  why: `${noun} does not exist in ${where}`,
  remedy: "check the id, the Region and whose credentials these are; what was deleted must be made again",
});

const lookAtInstance: Look = async (connect, { instanceId }) =>
  (await exists(connect.describeInstance(instanceId)))
    ? undefined
    : missing(`instance ${instanceId}`, `this account in Region ${await connect.region()}`);

const lookAtContact: Look = async (connect, { instanceId, contactId }) =>
  (await exists(connect.describeContactRecord(instanceId, contactId)))
    ? undefined
    : missing(`contact ${contactId} (contacts are kept for 24 months)`, `instance ${instanceId}`);

const lookAtForm: Look = async (connect, { instanceId, evaluationFormId }) => {
  const versions = await ifNotFound(connect.listEvaluationFormVersions(instanceId, evaluationFormId), undefined);
  if (versions === undefined) return missing(`evaluation form ${evaluationFormId}`, `instance ${instanceId}`);
  if (versions.some(({ isActive }) => isActive)) return undefined;
  const draft = Math.max(...versions.map(({ version }) => version));
  return {
    why: `evaluation form ${evaluationFormId} has no active version (version ${draft} is a draft)`,
    remedy: `activate it: \`aws connect activate-evaluation-form --instance-id ${instanceId} --evaluation-form-id ${evaluationFormId} --evaluation-form-version ${draft}\``,
  };
};

/**
 * What stands in the way, the most fundamental first. Ids that are not known yet are not looked at, and what the caller
 * may not see stops nothing.
 * @param unless what a look that fails counts as; by default it is unknown, which is right after a start that failed: there
 * the look only explains.
 * IAM: connect:DescribeContact, connect:ListEvaluationFormVersions, connect:DescribeInstance.
 */
export async function obstaclesTo(
  connect: PrerequisiteCalls,
  wanted: Prerequisites,
  unless: typeof orUnknown = orUnknown,
): Promise<Cause[]> {
  if (isUnknown(wanted.instanceId)) return [];
  const looks: Look[] = [
    ...(isUnknown(wanted.contactId) ? [] : [lookAtContact]),
    ...(isUnknown(wanted.evaluationFormId) ? [] : [lookAtForm]),
  ];
  const seen = await Promise.all(looks.map((look) => unless(look(connect, wanted))));
  const obstacles = seen.filter((obstacle) => obstacle !== undefined);
  if (obstacles.length === 0) return [];
  // With the instance missing everything in it is, and the instance is what to say. If that is unknown, the obstacles are.
  const instance = await orUnknown(lookAtInstance(connect, wanted));
  return instance === undefined ? obstacles : [instance];
}

const exists = (call: Promise<unknown>): Promise<boolean> =>
  ifNotFound(
    call.then(() => true),
    false,
  );
