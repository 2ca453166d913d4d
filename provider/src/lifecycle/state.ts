import type { Evaluation } from "../connect/evaluation";
import { parseConnectArn } from "../shared/arns";
import { INPUTS, type Inputs, OBSERVED, type State } from "../shared/model";
import { defined, pick, plain } from "../shared/plain";
import { withoutReserved } from "../shared/tags";
import { withoutMarker } from "./marker";

/** What stands in a stack's state for an evaluation. */

/** The whole state: what update returns replaces all of it, and what delete gets is this. */
export function stateOf(
  inputs: Inputs,
  observed: Partial<Evaluation> & { evaluationArn: string },
  { marker, written }: Pick<State, "marker" | "written"> = {},
): State {
  const { evaluationArn } = observed;
  return plain<State>({
    ...pick(inputs, INPUTS),
    ...pick(observed, OBSERVED),
    evaluationArn,
    evaluationId: parseConnectArn(evaluationArn)?.id,
    marker,
    written,
    expectsVersion: inputs.evaluationFormVersion === undefined ? undefined : true,
  });
}

/** What the program declared, as the state has it. */
export function declaredIn({ expectsVersion, ...state }: State): Inputs {
  const { evaluationFormVersion, ...others } = pick(state as Inputs, INPUTS);
  return defined({ ...others, evaluationFormVersion: expectsVersion ? evaluationFormVersion : undefined });
}

/** What a program declares for the evaluation as it is; equal inputs in state and program are no change. */
export function inputsOf(evaluation: Evaluation): Inputs {
  const { instanceId, contactId, evaluationFormId, autoEvaluationEnabled: enabled, tags = {} } = evaluation;
  const own = Object.entries(withoutReserved(withoutMarker(tags))).sort(([a], [b]) => (a < b ? -1 : 1));
  return defined({
    instanceId,
    contactId,
    evaluationFormId,
    autoEvaluationConfiguration: enabled === undefined ? undefined : { enabled },
    tags: own.length > 0 ? Object.fromEntries(own) : undefined,
  });
}
