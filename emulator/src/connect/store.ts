import { instanceArn, parseResourceArn } from "./arns";
import { connectError } from "./errors";
import { type Evaluation, Evaluations } from "./evaluations";
import type { EvaluationFormContent, Tags } from "./types";
import { Waiting } from "./waiting";

export type { Acknowledgement, Evaluation, Review } from "./evaluations";

/** A contact that can be evaluated. */
export interface Contact {
  contactId: string;
  arn: string;
  agentId?: string;
  createdTime: Date;
}

/** One version of a form; at most one version is ACTIVE. */
export interface EvaluationFormVersion extends EvaluationFormContent {
  version: number;
  status: "DRAFT" | "ACTIVE";
  locked: boolean;
  createdTime: Date;
  createdBy: string;
  lastModifiedTime: Date;
  lastModifiedBy: string;
  isDeleted?: boolean;
}

/** An evaluation form with all its versions. */
export interface EvaluationForm {
  evaluationFormId: string;
  arn: string;
  tags: Tags;
  /** Oldest first, never empty: with its last version goes the form. */
  versions: EvaluationFormVersion[];
  /** Versions that were deleted; evaluations still have them. */
  deletedVersions: EvaluationFormVersion[];
  lastActivatedTime?: Date;
  lastActivatedBy?: string;
}

/** What a ClientToken was used for. */
interface UsedToken {
  id: string;
  parameters: object;
  at: Date;
}

/** A Connect instance and everything in it. */
export interface Instance {
  instanceId: string;
  arn: string;
  region: string;
  account: string;
  createdTime: Date;
  contacts: Map<string, Contact>;
  forms: Map<string, EvaluationForm>;
  deletedForms: Map<string, EvaluationForm>;
  evaluations: Evaluations;
  startTokens: Map<string, UsedToken>;
  formTokens: Map<string, UsedToken>;
  versionTokens: Map<string, UsedToken>;
  /** ARNs of its users. */
  users: Set<string>;
}

/** What a tag operation may find behind an ARN. */
export type Taggable = Pick<Evaluation, "arn" | "tags">;

/** All instances of all Regions. Lookups throw a 404 for what does not exist. */
export class Store {
  readonly instances = new Map<string, Instance>();
  /** Evaluations whose automation goes on, since their start. */
  readonly automated = new Waiting<Evaluation>();
  /** Submitted evaluations, since their submission. */
  readonly submitted = new Waiting<Evaluation>();
  /** Changed evaluations that have a past, since their first change that is in it. */
  readonly changed = new Waiting<Evaluation>();
  /** Deleted evaluations that a view may still show, since their deletion. */
  readonly deleted = new Waiting<Evaluation>();

  addInstance(facts: Pick<Instance, "instanceId" | "region" | "account" | "createdTime">): Instance {
    const instance: Instance = {
      ...facts,
      arn: instanceArn(facts.region, facts.account, facts.instanceId),
      contacts: new Map(),
      forms: new Map(),
      deletedForms: new Map(),
      evaluations: new Evaluations(),
      startTokens: new Map(),
      formTokens: new Map(),
      versionTokens: new Map(),
      users: new Set(),
    };
    this.instances.set(instance.instanceId, instance);
    return instance;
  }

  /** An instance in the caller's account and Region. */
  instanceOrThrow(instanceId: string, { caller, region }: { caller: { account: string }; region: string }): Instance {
    const instance = this.instances.get(instanceId);
    if (instance?.account !== caller.account || instance.region !== region) throw notFound("Instance", instanceId);
    return instance;
  }

  contactOrThrow(instance: Instance, contactId: string): Contact {
    return found(instance.contacts.get(contactId), "Contact", contactId);
  }

  formOrThrow(instance: Instance, evaluationFormId: string): EvaluationForm {
    return found(instance.forms.get(evaluationFormId), "Evaluation form", evaluationFormId);
  }

  formVersionOrThrow(form: EvaluationForm, version: number): EvaluationFormVersion {
    const wanted = form.versions.find((candidate) => candidate.version === version);
    return found(wanted, "Evaluation form version", `${form.evaluationFormId} ${version}`);
  }

  /** The version of its form that an evaluation was started with, deleted or not. */
  formVersionOf({ instanceId, evaluationFormId, evaluationFormVersion }: Evaluation): EvaluationFormVersion {
    const instance = found(this.instances.get(instanceId), "Instance", instanceId);
    const form = instance.forms.get(evaluationFormId) ?? instance.deletedForms.get(evaluationFormId);
    const versions = [...(form?.versions ?? []), ...(form?.deletedVersions ?? [])];
    const version = versions.find((candidate) => candidate.version === evaluationFormVersion);
    return found(version, "Evaluation form version", `${evaluationFormId} ${evaluationFormVersion}`);
  }

  /** A live evaluation. */
  evaluationOrThrow(instance: Instance, evaluationId: string): Evaluation {
    const evaluation = instance.evaluations.get(evaluationId);
    return found(evaluation?.deletedTime ? undefined : evaluation, "Contact evaluation", evaluationId);
  }

  /** An evaluation by its ARN, deleted or not. */
  evaluationByArn(arn: string): Evaluation | undefined {
    const parsed = parseResourceArn(arn);
    if (parsed?.type !== "contact-evaluation") return undefined;
    return this.instances.get(parsed.instanceId)?.evaluations.get(parsed.id);
  }

  /** A form by its ARN. */
  formByArn(arn: string): EvaluationForm | undefined {
    const parsed = parseResourceArn(arn);
    if (parsed?.type !== "evaluation-form") return undefined;
    return this.instances.get(parsed.instanceId)?.forms.get(parsed.id);
  }

  /** Adds a started evaluation to its instance. */
  add(instance: Instance, evaluation: Evaluation): void {
    instance.evaluations.add(evaluation);
    this.expect(evaluation);
  }

  /** Marks an evaluation as deleted; views that lag still show it. */
  delete(evaluation: Evaluation, deletedTime: Date): void {
    evaluation.deletedTime = deletedTime;
    this.deleted.add(evaluation, deletedTime);
  }

  /** Takes a deleted evaluation out of the lists that no view shows it in any more. */
  bury(evaluation: Evaluation): void {
    this.instances.get(evaluation.instanceId)?.evaluations.bury(evaluation);
  }

  /** Has an evaluation whose status may have changed wait for what time does to it. */
  expect(evaluation: Evaluation): void {
    const { autoEvaluation, createdTime, status, submittedTime } = evaluation;
    if (autoEvaluation?.status === "IN_PROGRESS") this.automated.add(evaluation, createdTime);
    if (status === "SUBMITTED" && submittedTime !== undefined) this.submitted.add(evaluation, submittedTime);
  }

  /** The evaluations of all instances that are not deleted, oldest first in each. */
  liveEvaluations(): Evaluation[] {
    return [...this.instances.values()].flatMap(({ evaluations }) => [...evaluations.live()]);
  }

  /** How many evaluations were ever started. */
  get started(): number {
    return [...this.instances.values()].reduce((sum, { evaluations }) => sum + evaluations.size, 0);
  }
}

/** The error for something that does not exist. */
export function notFound(kind: string, id: string): Error {
  return connectError("ResourceNotFoundException", `${kind} ${id} was not found`);
}

/** The active version of a form, if it has one. */
export function activeVersion(form: EvaluationForm): EvaluationFormVersion | undefined {
  return form.versions.find(({ status }) => status === "ACTIVE");
}

function found<Thing>(thing: Thing | undefined, kind: string, id: string): Thing {
  if (thing === undefined) throw notFound(kind, id);
  return thing;
}
