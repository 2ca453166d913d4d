import { failed, type Remedies } from "../aws/causes";
import type { Evaluation } from "../connect/evaluation";
import { withoutMarker } from "../identity/marker";
import { parseConnectArn } from "../shared/arns";
import { INPUTS, type Inputs, OBSERVED, type State } from "../shared/model";
import { defined, pick, plain } from "../shared/plain";
import { withoutReserved } from "../shared/tags";

/** What stands in a stack's state for an evaluation. */

/** What was seen of an evaluation. */
export type Seen = Partial<Evaluation> & { evaluationArn: string };

/** The whole state: what update returns replaces all of it, and what delete gets is this. */
export function stateOf(
  inputs: Inputs,
  observed: Seen,
  { marker, foundMarker, written }: { [K in "marker" | "foundMarker" | "written"]?: string | undefined } = {},
): State {
  const { evaluationArn } = observed;
  return plain<State>({
    ...pick(inputs, INPUTS),
    ...pick(observed, OBSERVED),
    evaluationArn,
    evaluationId: parseConnectArn(evaluationArn)?.id,
    marker,
    foundMarker,
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

/** A change that was made and not finished. The engine keeps the state as it is now, and the next `up` goes on. */
export class Unfinished extends Error {
  constructor(
    readonly state: State,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/** What failed, with the state to keep. */
export function unfinished(state: State, attempt: string, error: unknown, remedies?: Remedies): Unfinished {
  return error instanceof Unfinished ? error : new Unfinished(state, failed(attempt, error, remedies));
}

/** The state of an evaluation that is there and of which not all is done or seen: without a status, so that the next `up` looks. */
export function startedState(
  { inputs, marker }: { inputs: Inputs; marker: string },
  seen: Seen,
  written?: string,
): State {
  return stateOf(inputs, pick(seen, ["evaluationArn", "createdTime", "evaluationFormVersion"]), { marker, written });
}

/** Does what is attempted with an evaluation that this process started: from now on it is there, whatever fails. */
export async function keeping<T>(
  stateToKeep: () => State,
  attempt: string,
  act: () => Promise<T>,
  remedies?: Remedies,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unfinished(stateToKeep(), attempt, error, remedies);
  }
}
