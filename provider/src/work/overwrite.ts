import type { Evaluation } from "../connect/evaluation";
import { Failure } from "../shared/errors";
import { type Dispute, type Plan, unseenWork, type Values } from "./plan";

/** Refusals to write over somebody's work in an evaluation, or to submit it in their name. */

const by = ({ evaluatorArn = "somebody unknown", lastModifiedTime }: Evaluation): string =>
  `last touched ${lastModifiedTime} by ${evaluatorArn}`;

/** What to do about what somebody else has changed. */
const WAYS: Record<Dispute["kind"], (names: string) => string> = {
  recorded: (names) => `run \`pulumi refresh\`, after which the preview shows what is there (${names})`,
  unrecorded: (names) => `declare ${names} as it is there, run \`pulumi up\`, then change it; or delete it there`,
  untold: (names) =>
    `allow connect:DescribeEvaluationForm, without which two spellings of ${names} look like two answers`,
};

/** Values are not named: the program may declare them as secrets. */
export function refuseDisputed(evaluation: Evaluation, { disputed }: Plan): void {
  if (disputed.length === 0) return;
  const namesOf = (disputes: Dispute[]) => disputes.map(({ name }) => name).join(", ");
  const ways = Object.entries(WAYS).flatMap(([kind, way]) => {
    const ofKind = disputed.filter((one) => one.kind === kind);
    return ofKind.length === 0 ? [] : [way(namesOf(ofKind))];
  });
  throw new Failure(`change ${namesOf(disputed)} of evaluation ${evaluation.evaluationArn}; nothing was changed`, {
    why: `somebody gave another value than the state has; ${by(evaluation)}`,
    remedy: [...ways, "or set forceDestroy: true, which permits overwriting it"].join(";\n       "),
  });
}

/** Another submission would make the verdict of a review, or what the agent acknowledged, a thing of the past. */
export function refuseReviewed(evaluation: Evaluation): void {
  const { evaluationArn, isReviewed, isAcknowledged } = evaluation;
  if (!isReviewed && !isAcknowledged) return;
  throw new Failure(`submit evaluation ${evaluationArn} again; nothing was changed`, {
    why: `${isReviewed ? "it was reviewed" : "the agent acknowledged it"}; ${by(evaluation)}`,
    remedy: [
      "declare the verdict, as `pulumi refresh` and `pulumi preview --diff` show it;",
      'or leave it to the reviewers with the resource option ignoreChanges: ["answers", "notes"];',
      "or set forceDestroy: true, which permits another submission",
    ].join("\n       "),
  });
}

/** Who submits answers gives them. Nothing shows those that a program does not declare. */
export function refuseUnseen(values: Values, plan: Plan, evaluation: Evaluation): void {
  const unseen = unseenWork(values, plan, evaluation);
  if (unseen.length === 0) return;
  throw new Failure(`submit evaluation ${evaluation.evaluationArn}; nothing was changed`, {
    why: `it holds what somebody else gave (${unseen.join(", ")}); ${by(evaluation)}`,
    remedy: [
      "declare it as it is there (`npx pulumi-connect-evaluations import-file --answers` prints it);",
      "or, for what the program declares otherwise, run `pulumi refresh`, after which the preview shows it;",
      "or have it submitted in Amazon Connect;",
      "or set forceDestroy: true, which permits submitting it unseen",
    ].join("\n       "),
  });
}
