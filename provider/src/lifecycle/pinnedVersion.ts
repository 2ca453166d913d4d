import { failed } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { Failure } from "../shared/errors";
import type { Inputs } from "../shared/model";
import { pick } from "../shared/plain";
import { parseEvaluationArn } from "./evaluationArn";
import type { Session } from "./session";
import { stateOf } from "./state";
import { Unfinished } from "./unfinished";

/**
 * A start pins the version of the form that is active at that moment, and a caller cannot choose it. Where the program
 * expects another one, the start is undone.
 */
export async function undoUnexpectedVersion(
  { holdings, markerFor }: Session,
  connect: Connect,
  key: string,
  evaluation: Evaluation,
  inputs: Inputs,
): Promise<void> {
  const { evaluationArn, evaluationFormVersion: pinned } = evaluation;
  const { evaluationFormId, evaluationFormVersion: expected } = inputs;
  if (expected === undefined || expected === pinned) return;
  try {
    await connect.deleteContactEvaluation(parseEvaluationArn(evaluationArn));
  } catch (error) {
    const observed = pick(evaluation, ["evaluationArn", "createdTime", "evaluationFormVersion"]);
    const state = stateOf(inputs, observed, { marker: markerFor(key) });
    throw new Unfinished(
      state,
      failed(`delete evaluation ${evaluationArn} again, which pinned version ${pinned}`, error),
    );
  }
  holdings.release(evaluationArn, key);
  throw new Failure(`start an evaluation with version ${expected} of evaluation form ${evaluationFormId}`, {
    why: `version ${pinned} is active now; the evaluation that was started with it was deleted again`,
    remedy: `set evaluationFormVersion: ${pinned}, or activate version ${expected}, and run \`pulumi up\` again`,
  });
}
