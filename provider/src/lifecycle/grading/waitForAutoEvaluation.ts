import type { Connect } from "../../connect/connect";
import type { Evaluation } from "../../connect/evaluation";
import { Failure } from "../../shared/errors";
import type { Inputs } from "../../shared/model";
import { isUnreadable } from "../absence";
import { parseEvaluationArn } from "../evaluationArn";

const DEFAULT_TIMEOUT_S = 300;
/** Each look takes its part of the account's quota. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/** Waits until Amazon Connect has ended its own evaluation, where the program asks for that. */
export async function waitForAutoEvaluation(
  connect: Pick<Connect, "clock" | "describeContactEvaluation">,
  evaluation: Evaluation,
  { waitForAutoEvaluation: wait, autoEvaluationConfiguration: auto }: Inputs,
): Promise<Evaluation> {
  const isAutomatic = evaluation.autoEvaluationEnabled ?? auto?.enabled ?? false;
  if (wait === undefined || !isAutomatic) return evaluation;
  const { evaluationArn } = evaluation;
  const { clock } = connect;
  const { timeoutSeconds = DEFAULT_TIMEOUT_S } = wait;
  const end = clock.now().getTime() + timeoutSeconds * 1000;
  let current = evaluation;
  for (let pause = FIRST_PAUSE_MS; !hasEnded(current); pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const left = end - clock.now().getTime();
    if (left <= 0)
      throw new Failure(`wait for the automatic evaluation of ${evaluationArn}`, stillRunning(timeoutSeconds));
    await clock.wait(Math.min(pause, left));
    try {
      current = await connect.describeContactEvaluation(parseEvaluationArn(evaluationArn));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
    }
  }
  return current;
}

const hasEnded = ({ autoEvaluationStatus = "" }: Evaluation): boolean =>
  ["SUCCEEDED", "FAILED"].includes(autoEvaluationStatus);

/** Whether a program that waits for it has to go on waiting. */
export const isStillWaiting = (
  { waitForAutoEvaluation }: Pick<Inputs, "waitForAutoEvaluation">,
  status: string | undefined,
): boolean => waitForAutoEvaluation !== undefined && status === "IN_PROGRESS";

const stillRunning = (seconds: number) => ({
  why: `Amazon Connect has not ended it after ${seconds} s`,
  remedy: "run `pulumi up` again, which waits on; or allow more time with waitForAutoEvaluation.timeoutSeconds",
});
