import * as pulumi from "@pulumi/pulumi";
import {
  ContactEvaluation,
  type ContactEvaluationSummary,
  getContactEvaluationsOutput,
} from "pulumi-connect-evaluations";

export interface CalibrationRoundArgs {
  instanceId: pulumi.Input<string>;
  evaluationFormId: pulumi.Input<string>;
  contactIds: string[];
}

/** One grader's evaluation of a contact. */
export interface Grade {
  evaluator: string | undefined;
  status: string;
  percentage: number | undefined;
}

/**
 * The evaluations with which one round calibrates graders: one of each contact, all with one form. They are ordinary
 * evaluations, not those of a calibration session of Amazon Connect, which has no API.
 */
export class CalibrationRound extends pulumi.ComponentResource {
  /** The ARN of each contact's evaluation. */
  readonly evaluationArns: pulumi.Output<Record<string, string>>;
  /** How each contact was graded with the form, by whom, this round's own evaluation included. */
  readonly grades: pulumi.Output<Record<string, Grade[]>>;

  constructor(name: string, args: CalibrationRoundArgs, opts?: pulumi.ComponentResourceOptions) {
    super("calibration:index:CalibrationRound", name, {}, opts);
    const { contactIds, ...common } = args;
    const evaluations = contactIds.map((contactId): [string, ContactEvaluation] => [
      contactId,
      new ContactEvaluation(`${name}-${contactId}`, { ...common, contactId, tags: { round: name } }, { parent: this }),
    ]);
    const arns = evaluations.map(([contactId, { evaluationArn }]): [string, pulumi.Output<string>] => [
      contactId,
      evaluationArn,
    ]);
    const grades = evaluations.map(([contactId, own]): [string, pulumi.Output<Grade[]>] => {
      const listed = getContactEvaluationsOutput({ ...common, contactId }, { parent: this, dependsOn: own });
      return [contactId, listed.apply(({ evaluations }) => evaluations.map(gradeOf))];
    });
    this.evaluationArns = pulumi.output(Object.fromEntries(arns));
    this.grades = pulumi.output(Object.fromEntries(grades));
    this.registerOutputs({ evaluationArns: this.evaluationArns, grades: this.grades });
  }
}

const gradeOf = ({ evaluatorArn, status, score }: ContactEvaluationSummary): Grade => ({
  evaluator: evaluatorArn,
  status,
  percentage: score?.percentage,
});
