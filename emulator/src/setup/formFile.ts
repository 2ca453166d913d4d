import { activationFaults, formFaults } from "../connect/formRules/formRules";
import { readTimes } from "../connect/shapes";
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
  /** There if it was described as a draft that cannot be activated yet. */
  activate?: false;
}

/** Reads a form from a file; throws what is wrong with it. */
export function readForm(file: string): WrittenForm {
  return formOf(readJson(file));
}

/**
 * A form from the input of CreateEvaluationForm, or from the answer of an operation that describes one; throws what is
 * wrong with it. Only an active one needs weights and scores that go together.
 */
export function formOf(json: unknown, { activate }: { activate?: boolean | undefined } = {}): WrittenForm {
  const form = membersOf(json);
  const { EvaluationFormId, Status } = form;
  const { content, tags } = inputOf(form);
  const obstacles = activationFaults(content);
  const staysDraft = activate === undefined && Status === "DRAFT" && obstacles.length > 0;
  const isDraft = staysDraft || activate === false;
  const faults = [...formFaults(content), ...(isDraft ? [] : obstacles)];
  if (faults.length > 0) throw new DocumentError(faults);
  return {
    content,
    tags,
    ...(typeof EvaluationFormId === "string" ? { evaluationFormId: EvaluationFormId } : {}),
    ...(staysDraft ? { activate: false } : {}),
  };
}

type CreateInput = EvaluationFormContent & {
  InstanceId: string;
  ClientToken?: string;
  AsDraft?: boolean;
  Tags?: Tags;
};

/** What CreateEvaluationForm would take of it. Drops what is no member of the input: the facts that Connect adds. */
function inputOf(form: Record<string, unknown>): { content: EvaluationFormContent; tags: Tags } {
  const { own, reserved } = tagsOf(form);
  const { Tags: _, ...rest } = form;
  const input = structuredClone({ ...rest, InstanceId: "from-a-file", ...(own === undefined ? {} : { Tags: own }) });
  readTimes("CreateEvaluationFormRequest", input);
  const violation = violationOf("CreateEvaluationForm", input);
  if (violation !== undefined) throw new DocumentError([violation]);
  const { InstanceId, ClientToken, AsDraft, Tags = {}, ...content } = input as unknown as CreateInput;
  return { content, tags: { ...Tags, ...reserved } };
}

// Connect describes forms without tags with an empty map, and others with the tags of AWS. It takes neither.
function tagsOf({ Tags }: Record<string, unknown>): { own?: unknown; reserved: Tags } {
  if (!isObject(Tags)) return { own: Tags, reserved: {} };
  const isReserved = ([key, value]: [string, unknown]) => key.startsWith("aws:") && typeof value === "string";
  const reserved = Object.fromEntries(Object.entries(Tags).filter(isReserved)) as Tags;
  const own = Object.entries(Tags).filter((tag) => !isReserved(tag));
  return own.length === 0 ? { reserved } : { own: Object.fromEntries(own), reserved };
}

function membersOf(json: unknown): Record<string, unknown> {
  const form = isObject(json) && isObject(json.EvaluationForm) ? json.EvaluationForm : json;
  if (isObject(form)) return form;
  throw new DocumentError([
    "must be an object: the input of CreateEvaluationForm, or the answer of DescribeEvaluationForm",
  ]);
}
