import type { Behaviour } from "./service";

/** Each choice as a test most often wants it: nothing lags, nothing is refused. */
export const BEHAVIOUR: Behaviour = {
  lag: { DescribeContactEvaluation: 0, ListContactEvaluations: 0, DescribeContact: 0, ListTagsForResource: 0 },
  tagLagMs: 0,
  spentToken: "old id",
  otherParameters: "ignored",
  otherParametersOfDeleted: false,
  tokenLifetimeMs: Number.POSITIVE_INFINITY,
  secondEvaluation: "allowed",
  recorded: "latest",
  describesDeleted: false,
  tooEarly: "ResourceNotFoundException",
  describesTags: true,
  submits: false,
};
