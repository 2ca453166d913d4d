import type { Evaluation } from "../connect/connect";
import { type Inputs, isUnknown } from "../shared/model";

/** In what an existing evaluation differs from the program that is to adopt it. */
export function adoptionFaults(inputs: Inputs, evaluation: Evaluation): string[] {
  const faults = (["instanceId", "contactId", "evaluationFormId"] as const)
    .filter((property) => !isUnknown(inputs[property]) && inputs[property] !== evaluation[property])
    .map(
      (property) => `the evaluation to import has ${property} ${evaluation[property]}; the program declares another`,
    );
  // A calibration session makes, locks and deletes its evaluations itself.
  if (evaluation.evaluationType === "CALIBRATION") {
    faults.push("the evaluation to import belongs to a calibration session, which manages it itself");
  }
  return faults;
}
