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

export interface Findings {
  /** What stands in the way, the most fundamental first. */
  obstacles: Cause[];
  /** True when each prerequisite was looked at and is there: not so without the permissions to look. */
  allThere: boolean;
}

type Look = (connect: Connect, wanted: Prerequisites) => Promise<Cause | undefined>;

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

/** Looks at everything whose ids are known. What the caller may not see counts as not looked at, and stops nothing. */
export async function lookAtPrerequisites(connect: Connect, wanted: Prerequisites): Promise<Findings> {
  if (isUnknown(wanted.instanceId)) return { obstacles: [], allThere: false };
  const looks: Look[] = [
    ...(isUnknown(wanted.contactId) ? [] : [lookAtContact]),
    ...(isUnknown(wanted.evaluationFormId) ? [] : [lookAtForm]),
  ];
  const seen = await Promise.all(looks.map((look) => tryTo(look(connect, wanted))));
  let obstacles = seen.flatMap((result) => (result.found === undefined ? [] : [result.found]));
  if (obstacles.length > 0) {
    // With the instance missing everything in it is, and the instance is what to say.
    const instance = await tryTo(lookAtInstance(connect, wanted));
    if (instance.found !== undefined) obstacles = [instance.found];
  }
  return { obstacles, allThere: obstacles.length === 0 && seen.every(({ looked }) => looked) };
}

async function tryTo(look: Promise<Cause | undefined>): Promise<{ looked: boolean; found: Cause | undefined }> {
  const result = await orUnknown(look.then((found) => ({ looked: true, found })));
  return result ?? { looked: false, found: undefined };
}

const exists = (call: Promise<unknown>): Promise<boolean> =>
  ifNotFound(
    call.then(() => true),
    false,
  );
