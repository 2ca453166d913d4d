import { AwsError } from "../../aws/awsError";

/** Submitting again is another submission, on record for ever: what was not answered is looked at before it is repeated. */

export interface Submission {
  submit(): Promise<void>;
  /** Looks whether the evaluation is submitted with what was sent; for ten seconds when it is `certain`. */
  isDone(certain: boolean): Promise<boolean>;
  /**
   * Whether the service certainly has a draft: it takes an Update, which it refuses for anything else. A description
   * may lag behind.
   */
  isDraft(): Promise<boolean>;
  /** Whether it was submitted before, so that this is a resubmission. */
  isAgain: boolean;
  /** Whether an earlier run may have submitted it, although the description shows a draft. */
  mayBeDone: boolean;
}

const MOST_ATTEMPTS = 3;

export async function submitOnce({ submit, isDone, isDraft, isAgain, mayBeDone }: Submission): Promise<void> {
  if (mayBeDone && !isAgain && !(await isDraft()) && (await isDone(true))) return;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await submit();
    } catch (error) {
      if (!(error instanceof AwsError) || error.isRefusal) throw error;
      if (await isDone(false)) return;
      const mayRepeat = !isAgain && attempts < MOST_ATTEMPTS && (await isDraft());
      if (mayRepeat) continue;
      if (await isDone(true)) return;
      throw error;
    }
  }
}
