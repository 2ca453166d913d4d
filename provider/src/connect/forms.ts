import { orHidden, orUnknown } from "../aws/awsError";
import { orInterrupted, withSignal } from "../shared/interruption";
import type { Form, FormVersion } from "./evaluation";

/** What looking at forms needs of Connect. */
interface FormCalls {
  describeEvaluationForm(instanceId: string, evaluationFormId: string, version?: number): Promise<Form>;
  listEvaluationFormVersions(instanceId: string, evaluationFormId: string): Promise<FormVersion[]>;
}

interface FormRef {
  instanceId: string;
  evaluationFormId: string;
  /** What the program says about how the form is now: with other ones it is looked at again. */
  triggers?: readonly unknown[];
}

/**
 * The forms that a run looks at, each version once. What the caller may not see, or what is not there, stays unknown:
 * then nothing is compared beforehand, and Connect itself refuses what does not fit.
 */
export class Forms {
  private readonly looks = new Map<string, Promise<Form | undefined>>();
  /** How writes spell options, until the service takes only the other spelling. */
  spelling: "text" | "refId" = "text";

  constructor(private readonly calls: FormCalls) {}

  /** A version, which never changes once an evaluation has pinned it. */
  version(ref: FormRef, version: number | undefined): Promise<Form | undefined> {
    const { instanceId, evaluationFormId } = ref;
    if (version === undefined) return Promise.resolve(undefined);
    const describe = () => this.calls.describeEvaluationForm(instanceId, evaluationFormId, version);
    return orUnknown(this.look(`${idOf(ref)} ${version}`, describe));
  }

  /**
   * The version that a start would pin.
   * @param again whether to look again: this deployment may have changed the form since.
   * @throws what AWS fails to answer.
   */
  async active(ref: FormRef, again = false): Promise<Form | undefined> {
    const key = `${idOf(ref)} active ${JSON.stringify(ref.triggers)}`;
    if (again) this.looks.delete(key);
    const form = await this.look(key, () => this.describeActive(ref));
    if (form !== undefined) this.looks.set(`${idOf(ref)} ${form.version}`, Promise.resolve(form));
    return form;
  }

  private look(key: string, describe: () => Promise<Form | undefined>): Promise<Form | undefined> {
    // For every resource that asks: it goes on when the one that asked first is interrupted.
    const look = this.looks.get(key) ?? withSignal(undefined, () => orHidden(describe()));
    this.looks.set(key, look);
    // A failure may pass: the next one looks again.
    look.catch(() => this.looks.delete(key));
    return orInterrupted(() => look);
  }

  /** The description without a version is of the latest one, which may be a draft. */
  private async describeActive({ instanceId, evaluationFormId }: FormRef): Promise<Form | undefined> {
    const latest = await this.calls.describeEvaluationForm(instanceId, evaluationFormId);
    if (latest.isActive) return latest;
    const versions = await this.calls.listEvaluationFormVersions(instanceId, evaluationFormId);
    const active = versions.find(({ isActive }) => isActive);
    return active && this.calls.describeEvaluationForm(instanceId, evaluationFormId, active.version);
  }
}

const idOf = ({ instanceId, evaluationFormId }: FormRef): string => `${instanceId} ${evaluationFormId}`;
