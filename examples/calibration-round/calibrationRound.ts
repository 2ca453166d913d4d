import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation } from "pulumi-connect-evaluations";

export interface CalibrationRoundArgs {
  instanceId: pulumi.Input<string>;
  evaluationFormId: pulumi.Input<string>;
  contactIds: string[];
}

/**
 * The evaluations with which one round calibrates graders: one of each contact, all with one form. They are ordinary
 * evaluations, not those of a calibration session of Amazon Connect, which has no API.
 */
export class CalibrationRound extends pulumi.ComponentResource {
  /** The ARN of each contact's evaluation. */
  readonly evaluationArns: pulumi.Output<Record<string, string>>;

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
    this.evaluationArns = pulumi.output(Object.fromEntries(arns));
    this.registerOutputs({ evaluationArns: this.evaluationArns });
  }
}
