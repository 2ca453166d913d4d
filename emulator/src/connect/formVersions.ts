import { timestamp } from "./context";
import type { EvaluationForm, EvaluationFormVersion, Instance } from "./store";
import type { EvaluationFormContent } from "./types";

/** A new form with a first version, a draft until it is activated. */
export function newForm(
  facts: Pick<EvaluationForm, "evaluationFormId" | "arn" | "tags">,
  content: EvaluationFormContent,
  by: string,
  now: Date,
): { form: EvaluationForm; version: EvaluationFormVersion } {
  const form: EvaluationForm = { ...facts, versions: [], deletedVersions: [] };
  return { form, version: addVersion(form, content, by, now) };
}

/** Adds a version to a form, a draft until it is activated. Numbers of deleted versions are not used again. */
export function addVersion(
  form: EvaluationForm,
  content: EvaluationFormContent,
  by: string,
  now: Date,
): EvaluationFormVersion {
  const numbers = [...form.versions, ...form.deletedVersions].map(({ version }) => version);
  const times = { createdTime: now, createdBy: by, lastModifiedTime: now, lastModifiedBy: by };
  const version = {
    ...content,
    ...times,
    version: Math.max(0, ...numbers) + 1,
    status: "DRAFT" as const,
    locked: false,
  };
  form.versions.push(version);
  return version;
}

/** Replaces what the author of a version wrote. */
export function rewriteVersion(
  form: EvaluationForm,
  { version, status, locked, createdTime, createdBy }: EvaluationFormVersion,
  content: EvaluationFormContent,
  by: string,
  now: Date,
): void {
  const facts = { version, status, locked, createdTime, createdBy, lastModifiedTime: now, lastModifiedBy: by };
  form.versions = form.versions.map((other) => (other.version === version ? { ...content, ...facts } : other));
}

/** Deletes versions of a form, and the form with its last one. */
export function deleteVersions(
  { forms, deletedForms }: Instance,
  form: EvaluationForm,
  versions: EvaluationFormVersion[],
) {
  form.versions = form.versions.filter((version) => !versions.includes(version));
  form.deletedVersions.push(...versions.map((version) => ({ ...version, status: "DRAFT" as const, isDeleted: true })));
  if (form.versions.length > 0) return;
  forms.delete(form.evaluationFormId);
  deletedForms.set(form.evaluationFormId, form);
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
  const {
    createdTime,
    createdBy,
    lastModifiedTime,
    lastModifiedBy,
    version: _,
    status,
    locked,
    isDeleted,
    ...content
  } = version;
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
