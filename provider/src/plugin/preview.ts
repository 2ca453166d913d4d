import { INPUTS, type Inputs, OBSERVED, type Observed, type State, UNKNOWN } from "../shared/model";
import { type Json, pick } from "../shared/plain";
import { changesBetween, unfinishedBusiness } from "../verbs/diff";

/** What a preview knows of the outputs of a run that is still to come. */

const unknown = (properties: readonly string[]): Record<string, string> =>
  Object.fromEntries(properties.map((property) => [property, UNKNOWN]));

export const previewOfCreate = (inputs: Inputs): Json => ({
  ...unknown([...OBSERVED, "evaluationArn"]),
  ...inputs,
});

/** What grading changes. */
const GRADED: readonly (keyof Observed)[] = [
  "status",
  "evaluatorArn",
  "score",
  "scores",
  "autoEvaluationStatus",
  "lastModifiedTime",
];

/** What a preview leaves out is not known. */
const NOTHING = Object.fromEntries([...INPUTS, ...OBSERVED].map((property) => [property, null]));

/** What an update does not touch stays known, so that no change in place looks like a replacement to what depends on it. */
export function previewOfUpdate(state: State, inputs: Inputs, region: string, marker: string): Json {
  const { evaluationArn } = state;
  const outputs = {
    ...(state.status === undefined ? unknown(OBSERVED) : NOTHING),
    ...pick(state, OBSERVED),
    evaluationArn,
  };
  return { ...outputs, ...inputs, ...(grades(state, inputs, region, marker) && unknown(GRADED)) };
}

function grades(state: State, inputs: Inputs, region: string, marker: string): boolean {
  const { update } = changesBetween({ ...state }, { ...inputs }, region);
  const isGrade = (property: string) => ["answers", "notes", "submit"].includes(property);
  return update.some(isGrade) || unfinishedBusiness(marker, state, inputs).some((business) => business !== "marker");
}
