import type {
  AutoEvaluationStatus,
  EvaluationAnswerOutput,
  EvaluationNote,
  EvaluationScore,
  EvaluationStatus,
  EvaluationType,
  Tags,
} from "./types";

/** A contact evaluation. One with a `deletedTime` was deleted. */
export interface Evaluation {
  evaluationId: string;
  arn: string;
  instanceId: string;
  contactId: string;
  contactAgentId?: string;
  evaluationFormId: string;
  evaluationFormTitle: string;
  /** The version that was active at the start; later activations do not change it. */
  evaluationFormVersion: number;
  status: EvaluationStatus;
  evaluationType: EvaluationType;
  evaluatorArn: string;
  answers: Record<string, EvaluationAnswerOutput>;
  notes: Record<string, EvaluationNote>;
  tags: Tags;
  autoEvaluation?: { enabled: boolean; status?: AutoEvaluationStatus };
  /** The overall score. */
  score?: EvaluationScore;
  /** The scores by section and question. */
  scores?: Record<string, EvaluationScore>;
  review?: Review;
  acknowledgement?: Acknowledgement;
  clientToken?: string;
  createdTime: Date;
  lastModifiedTime: Date;
  /** How often it was submitted; more than once is a resubmission. */
  submissions: number;
  submittedTime?: Date;
  deletedTime?: Date;
  /** How many more reads do not see it. */
  hiddenReads: number;
  /** How it was before the changes that views do not show yet, oldest first. */
  past: { until: Date; evaluation: Omit<Evaluation, "past"> }[];
}

/** The review that somebody asked for, and since `createdTime` works on. */
export interface Review {
  reviewId?: string;
  requestedTime: Date;
  requestedBy: string;
  comment: string;
  createdTime?: Date;
  createdBy?: string;
}

/** The agent's word on an evaluation. */
export interface Acknowledgement {
  time: Date;
  by: string;
  comment?: string;
}

interface OfContact {
  shown: Set<Evaluation>;
  byForm: Map<string, Evaluation[]>;
}

/** The evaluations of an instance, deleted ones included, by what requests look for. All lists are oldest first. */
export class Evaluations {
  private readonly byId = new Map<string, Evaluation>();
  /** Those that are not deleted for every view. */
  private readonly shownOnes = new Set<Evaluation>();
  private readonly byContact = new Map<string, OfContact>();
  private readonly starts = new Map<string, number>();

  /** How many were ever started. */
  get size(): number {
    return this.byId.size;
  }

  get(evaluationId: string): Evaluation | undefined {
    return this.byId.get(evaluationId);
  }

  add(evaluation: Evaluation): void {
    this.byId.set(evaluation.evaluationId, evaluation);
    this.shownOnes.add(evaluation);
    const { shown, byForm } = this.ofContact(evaluation.contactId);
    shown.add(evaluation);
    const sameForm = byForm.get(evaluation.evaluationFormId);
    if (sameForm === undefined) byForm.set(evaluation.evaluationFormId, [evaluation]);
    else sameForm.push(evaluation);
    this.countStart(evaluation, 1);
  }

  /** Those that some view may show as alive: the live ones, and those that were deleted a moment ago. */
  shown(contactId?: string): Iterable<Evaluation> {
    return contactId === undefined ? this.shownOnes : (this.byContact.get(contactId)?.shown ?? []);
  }

  /** Those that are not deleted. */
  live(contactId?: string): Evaluation[] {
    return [...this.shown(contactId)].filter(({ deletedTime }) => deletedTime === undefined);
  }

  /** All of a contact, a list for each form. */
  byFormOf(contactId: string): Iterable<readonly Evaluation[]> {
    return this.byContact.get(contactId)?.byForm.values() ?? [];
  }

  /** How many of an agent, if any, were started in the month of this moment. */
  startedBy(agentId: string | undefined, moment: Date): number {
    return this.starts.get(startsKey(agentId, moment)) ?? 0;
  }

  /** Gives an evaluation another agent. */
  assign(evaluation: Evaluation, agentId: string): void {
    this.countStart(evaluation, -1);
    evaluation.contactAgentId = agentId;
    this.countStart(evaluation, 1);
  }

  /** Takes a deleted one out of those that are shown. */
  bury(evaluation: Evaluation): void {
    this.shownOnes.delete(evaluation);
    this.byContact.get(evaluation.contactId)?.shown.delete(evaluation);
  }

  private ofContact(contactId: string): OfContact {
    const known = this.byContact.get(contactId) ?? { shown: new Set(), byForm: new Map() };
    this.byContact.set(contactId, known);
    return known;
  }

  private countStart({ contactAgentId, createdTime }: Evaluation, difference: 1 | -1): void {
    const key = startsKey(contactAgentId, createdTime);
    this.starts.set(key, (this.starts.get(key) ?? 0) + difference);
  }
}

function startsKey(agentId: string | undefined, moment: Date): string {
  const month = moment.toISOString().slice(0, "2026-01".length);
  return `${month} ${agentId ?? ""}`;
}
