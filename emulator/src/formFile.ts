import { readFileSync } from "node:fs";
import { activationFaults, formFaults } from "./connect/formRules";
import type { EvaluationFormContent, Tags } from "./connect/types";
import { violationOf } from "./connect/validation";

/** A form from a file. One that was described in AWS keeps its id. */
export interface FormFile {
  evaluationFormId?: string;
  content: EvaluationFormContent;
  tags: Tags;
}

/** Reads the input of CreateEvaluationForm, or the answer of DescribeEvaluationForm; throws what is wrong with it. */
export function readForm(file: string): FormFile {
  const form = membersOf(parsed(textOf(file)));
  const { EvaluationFormId } = form;
  // Drops what is no member of the input: the facts that Connect adds.
  const input = { ...form, InstanceId: "from-a-file" };
  const violation = violationOf("CreateEvaluationForm", input);
  if (violation !== undefined) throw new Error(violation);
  const { InstanceId: _, ClientToken, AsDraft, Tags = {}, ...content } = input as CreateInput;
  const faults = [...formFaults(content), ...activationFaults(content)];
  if (faults.length > 0) throw new Error(faults.join("\n  "));
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

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`cannot be read: ${(error as Error).message}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON: ${(error as Error).message}`);
  }
}

function membersOf(json: unknown): Record<string, unknown> {
  const form = isObject(json) && isObject(json.EvaluationForm) ? json.EvaluationForm : json;
  if (isObject(form)) return form;
  throw new Error("must be an object: the input of CreateEvaluationForm, or the answer of DescribeEvaluationForm");
}

/** Whether JSON is an object. */
export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
