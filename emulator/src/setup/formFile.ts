import { activationFaults, formFaults } from "../connect/formRules";
import type { EvaluationFormContent, Tags } from "../connect/types";
import { violationOf } from "../connect/validation";
import { DocumentError } from "../wire/documents";
import { isObject } from "../wire/plain";
import { readJson } from "./jsonFile";

/** A form as the API gives or takes it. One that was described in AWS keeps its id. */
export interface WrittenForm {
  evaluationFormId?: string;
  content: EvaluationFormContent;
  tags: Tags;
}

/** Reads a form from a file; throws what is wrong with it. */
export function readForm(file: string): WrittenForm {
  return formOf(readJson(file));
}

/**
 * A form from the input of CreateEvaluationForm, or the answer of DescribeEvaluationForm; throws what is wrong with it.
 * Only an active one needs weights and scores that go together.
 */
export function formOf(json: unknown, { activate = true } = {}): WrittenForm {
  const form = membersOf(json);
  const { EvaluationFormId } = form;
  // Drops what is no member of the input: the facts that Connect adds.
  const input = structuredClone({ ...form, InstanceId: "from-a-file" });
  const violation = violationOf("CreateEvaluationForm", input);
  if (violation !== undefined) throw new DocumentError([violation]);
  const { InstanceId: _, ClientToken, AsDraft, Tags = {}, ...content } = input as unknown as CreateInput;
  const faults = [...formFaults(content), ...(activate ? activationFaults(content) : [])];
  if (faults.length > 0) throw new DocumentError(faults);
  return {
    content,
    tags: Tags,
    ...(typeof EvaluationFormId === "string" ? { evaluationFormId: EvaluationFormId } : {}),
  };
}

type CreateInput = EvaluationFormContent & {
  InstanceId: string;
  ClientToken?: string;
  AsDraft?: boolean;
  Tags?: Tags;
};

function membersOf(json: unknown): Record<string, unknown> {
  const form = isObject(json) && isObject(json.EvaluationForm) ? json.EvaluationForm : json;
  if (isObject(form)) return form;
  throw new DocumentError([
    "must be an object: the input of CreateEvaluationForm, or the answer of DescribeEvaluationForm",
  ]);
}
