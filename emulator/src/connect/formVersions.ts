import { timestamp } from "./context";
import type { EvaluationForm, EvaluationFormVersion } from "./store";
import type { EvaluationFormContent } from "./types";

/** A version of a form that nobody has activated yet. */
export function draftVersion(
  version: number,
  content: EvaluationFormContent,
  by: string,
  now: Date,
): EvaluationFormVersion {
  const times = { createdTime: now, createdBy: by, lastModifiedTime: now, lastModifiedBy: by };
  return { ...content, ...times, version, status: "DRAFT", locked: false };
}

/** Activates a version: the one active before stops being so, and an activated version is locked for good. */
export function activate(form: EvaluationForm, version: EvaluationFormVersion, by: string, now: Date): void {
  for (const other of form.versions) other.status = "DRAFT";
  version.status = "ACTIVE";
  version.locked = true;
  form.lastActivatedTime = now;
  form.lastActivatedBy = by;
}

/** Input of the operations on one version. */
export interface FormVersionInput {
  InstanceId: string;
  EvaluationFormId: string;
  EvaluationFormVersion: number;
}

/** Output of the operations on one version. */
export function formVersionOutput(form: EvaluationForm, { version }: EvaluationFormVersion): object {
  return { EvaluationFormId: form.evaluationFormId, EvaluationFormArn: form.arn, EvaluationFormVersion: version };
}

/** What the author of a version wrote, without the facts that Connect keeps about it. */
export function formContent(version: EvaluationFormVersion): EvaluationFormContent {
  const { createdTime, createdBy, lastModifiedTime, lastModifiedBy, version: _, status, locked, ...content } = version;
  return content;
}

/** The facts that Connect keeps about a version. */
export function versionFacts(version: EvaluationFormVersion): object {
  return {
    EvaluationFormVersion: version.version,
    Locked: version.locked,
    Status: version.status,
    CreatedTime: timestamp(version.createdTime),
    CreatedBy: version.createdBy,
    LastModifiedTime: timestamp(version.lastModifiedTime),
    LastModifiedBy: version.lastModifiedBy,
  };
}
