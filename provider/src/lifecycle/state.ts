import type { Evaluation } from "../connect/connect";
import { parseConnectArn } from "../shared/arns";
import { DECLARED, type Declared, HIDDEN, type Inputs, OBSERVED, type Outputs, pick, plain } from "../shared/model";
import { withoutReserved } from "../shared/tags";

/** What stands in a stack's state for an evaluation. */

/** The whole state: what update returns replaces all of it, and what delete gets is this. */
export function stateOf(inputs: Inputs, observed: Partial<Evaluation> & { evaluationArn: string }): Outputs {
  const { evaluationArn } = observed;
  return plain<Outputs>({
    ...pick(inputs, [...DECLARED, ...HIDDEN]),
    ...pick(observed, OBSERVED),
    evaluationArn,
    evaluationId: parseConnectArn(evaluationArn)?.id,
  });
}

/** What a program declares for the evaluation as it is; equal inputs in state and program are no change. */
export function declaredOf(evaluation: Evaluation): Declared {
  const { instanceId, contactId, evaluationFormId, autoEvaluationEnabled, tags = {} } = evaluation;
  const own = Object.entries(withoutReserved(tags)).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    instanceId,
    contactId,
    evaluationFormId,
    ...(autoEvaluationEnabled !== undefined && { autoEvaluationConfiguration: { enabled: autoEvaluationEnabled } }),
    ...(own.length > 0 && { tags: Object.fromEntries(own) }),
  };
}
