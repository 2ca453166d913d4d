import type { Connect } from "../../connect/connect";
import type { Evaluation } from "../../connect/evaluation";
import { Failure } from "../../shared/errors";
import type { Inputs, State } from "../../shared/model";
import { defined } from "../../shared/plain";
import type { Session } from "../session";
import { declaredIn, stateOf } from "../state";
import { Unfinished } from "../unfinished";
import { ownParts } from "./ownParts";
import { fingerprint } from "./written";

/** An unfinished change may have submitted what the program does not want to be submitted any more. */
export async function refuseToTakeBack(
  { forms }: Session,
  connect: Connect,
  evaluation: Evaluation,
  state: State,
  inputs: Inputs,
): Promise<void> {
  if (!state.submit || inputs.submit || evaluation.status === "DRAFT") return;
  const written = fingerprint(evaluation, state, await ownParts(forms, connect, state, evaluation));
  // With the status in the state, the next diff replaces the evaluation.
  throw new Unfinished(
    stateOf(declaredIn(state), evaluation, defined({ marker: state.marker, written })),
    new Failure(`take back the submission of evaluation ${evaluation.evaluationArn}`, {
      why: "an earlier run has submitted it, and Amazon Connect has no way back to a draft",
      remedy: "run `pulumi up` again, which replaces it",
    }),
  );
}
