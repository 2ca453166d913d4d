import type { Connect } from "../../connect/connect";
import type { Evaluation } from "../../connect/evaluation";
import type { State } from "../../shared/model";
import { mapEntries, own } from "../../shared/plain";
import { gradesUnlike } from "./drift";
import type { Forms } from "./forms";
import { type AsWritten, asWritten } from "./written";

/**
 * Which parts of an evaluation are the resource's own. The state of a change that was made and not finished does not say
 * what Connect took of it: there, what is as declared counts, too. An entry that is missing is nobody's work.
 * IAM: connect:DescribeEvaluationForm.
 */
export async function ownParts(
  forms: Forms,
  connect: Connect,
  state: State,
  evaluation: Evaluation,
): Promise<AsWritten> {
  const recorded = asWritten(evaluation, state);
  if (state.status !== undefined) return recorded;
  const answers = mapEntries(state.answers ?? {}, (key, answer) =>
    own(evaluation.answers, key)?.value === undefined ? undefined : answer,
  );
  const notes = mapEntries(state.notes ?? {}, (key, note) => (Object.hasOwn(evaluation.notes, key) ? note : undefined));
  const isLike = async (declared: Parameters<typeof gradesUnlike>[2]) =>
    (await gradesUnlike(forms, connect, declared, evaluation)).length === 0;
  return {
    answers: recorded.answers || (await isLike({ answers })),
    notes: recorded.notes || (await isLike({ notes })),
    status: recorded.status || (state.submit === true && evaluation.status === "SUBMITTED"),
  };
}
