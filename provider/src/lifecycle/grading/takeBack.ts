import type { Evaluation } from "../../connect/evaluation";
import { Failure } from "../../shared/errors";
import type { Inputs, State } from "../../shared/model";
import { declaredIn, stateOf } from "../state";
import { Unfinished } from "../unfinished";

/** An unfinished change may have submitted what the program does not want to be submitted any more. */
export function refuseToTakeBack(evaluation: Evaluation, state: State, inputs: Inputs): void {
  if (!state.submit || inputs.submit || evaluation.status === "DRAFT") return;
  // With the status in the state, the next diff replaces the evaluation.
  throw new Unfinished(
    stateOf(declaredIn(state), evaluation, state),
    new Failure(`take back the submission of evaluation ${evaluation.evaluationArn}`, {
      why: "an earlier run has submitted it, and Amazon Connect has no way back to a draft",
      remedy: "run `pulumi up` again, which replaces it",
    }),
  );
}
