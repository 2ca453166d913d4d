import { AwsError } from "../../aws/awsError";
import { failure } from "../../aws/causes";

/** Submitting again is another submission, on record for ever: what was not answered is looked at before it is repeated. */

export interface Submission {
  /** What is attempted, for messages. */
  attempt: string;
  submit(): Promise<void>;
  /** Looks whether the evaluation is submitted with what was sent; for ten seconds when that is `certain`. */
  isDone(certain: boolean): Promise<boolean>;
  /**
   * Sends an Update, which Connect takes for drafts alone: unlike a description, that does not lag behind.
   * @returns the refusal of what is no draft any more.
   */
  refusalOfUpdate(): Promise<AwsError | undefined>;
  /** Whether it was submitted before, so that this is a resubmission. */
  isAgain: boolean;
  /** Whether an earlier run may have submitted it, although the description shows a draft. */
  mayBeDone: boolean;
}

const MOST_ATTEMPTS = 3;

export async function submitOnce(submission: Submission): Promise<void> {
  const { submit, isDone, isAgain, mayBeDone } = submission;
  if (mayBeDone && !isAgain && (await wasSubmitted(submission))) return;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await submit();
    } catch (error) {
      if (!(error instanceof AwsError) || error.isRefusal) throw error;
      if (await isDone(isAgain)) return;
      if (isAgain || attempts === MOST_ATTEMPTS) throw error;
      if (await wasSubmitted(submission)) return;
    }
  }
}

/** @throws while Connect has it as submitted and does not show it yet. */
async function wasSubmitted({ attempt, isDone, refusalOfUpdate }: Submission): Promise<boolean> {
  const refusal = await refusalOfUpdate();
  if (refusal === undefined) return false;
  if (await isDone(true)) return true;
  const cause = {
    why: "Amazon Connect takes no update of the draft that it shows: it seems to be submitted, and not shown so yet",
    remedy: "run the command again in a while, which looks first",
  };
  throw failure(attempt, cause, refusal);
}
