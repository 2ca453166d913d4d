import { orUnknown } from "../../aws/awsError";
import type { Connect } from "../../connect/connect";
import type { Form } from "../../connect/evaluation";
import type { Spelling } from "./answers";

interface FormRef {
  instanceId: string;
  evaluationFormId: string;
}

/** The forms that a run looks at, each version once. What the caller may not see, or what is not there, stays unknown. */
export class Forms {
  private readonly looks = new Map<string, Promise<Form | undefined>>();
  /** How writes spell options, until the service takes only the other spelling. */
  spelling: Spelling = "text";

  /** A version, which never changes once an evaluation has pinned it. */
  version(connect: Connect, ref: FormRef, version: number | undefined): Promise<Form | undefined> {
    const { instanceId, evaluationFormId } = ref;
    if (version === undefined) return Promise.resolve(undefined);
    return this.look(keyOf(ref, version), () => connect.describeEvaluationForm(instanceId, evaluationFormId, version));
  }

  /**
   * The version that a start would pin.
   * @param again whether to look again: this deployment may have changed the form since.
   */
  async active(connect: Connect, ref: FormRef, again = false): Promise<Form | undefined> {
    if (again) this.looks.delete(keyOf(ref, "active"));
    const form = await this.look(keyOf(ref, "active"), () => describeActive(connect, ref));
    if (form !== undefined) this.looks.set(keyOf(ref, form.version), Promise.resolve(form));
    return form;
  }

  private look(key: string, describe: () => Promise<Form | undefined>): Promise<Form | undefined> {
    const look = this.looks.get(key) ?? orUnknown(describe());
    this.looks.set(key, look);
    return look;
  }
}

const keyOf = ({ instanceId, evaluationFormId }: FormRef, version: number | "active"): string =>
  `${instanceId} ${evaluationFormId} ${version}`;

/** The description without a version is of the latest one, which may be a draft. */
async function describeActive(connect: Connect, { instanceId, evaluationFormId }: FormRef): Promise<Form | undefined> {
  const latest = await connect.describeEvaluationForm(instanceId, evaluationFormId);
  if (latest.isActive) return latest;
  const versions = await connect.listEvaluationFormVersions(instanceId, evaluationFormId);
  const active = versions.find(({ isActive }) => isActive);
  return active && connect.describeEvaluationForm(instanceId, evaluationFormId, active.version);
}
