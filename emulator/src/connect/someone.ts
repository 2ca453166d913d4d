import { outsiderArn, parseResourceArn, someoneIn } from "./arns";
import { submitAutomatically, suggest } from "./automation";
import type { ConnectBehaviour } from "./behaviour";
import { commit } from "./changes";
import { activate, addVersion } from "./formVersions";
import { catchUp } from "./passage";
import { requestReview } from "./reviews";
import type { Evaluation, Store } from "./store";
import { submitted } from "./submission";
import type {
  AutoEvaluationStatus,
  EvaluationAnswerData,
  EvaluationFormContent,
  EvaluationStatus,
  EvaluationType,
  Tags,
} from "./types";

/** What they act on. It is read at each act, because a reset replaces it. */
interface Scene {
  readonly store: Store;
  readonly behaviour: ConnectBehaviour;
  readonly newId: () => string;
}

/** What other people and Connect itself do to evaluations, without a call that a test makes. */
export class Someone {
  constructor(private readonly scene: Scene) {}

  deletes(arn: string): void {
    this.scene.store.delete(this.evaluation(arn), this.now());
  }

  /** Adds tags to an evaluation or a form, including reserved `aws:` tags. */
  tags(arn: string, tags: Tags): void {
    const resource = this.taggable(arn);
    resource.tags = { ...resource.tags, ...tags };
  }

  untags(arn: string, keys: string[]): void {
    const resource = this.taggable(arn);
    resource.tags = Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !keys.includes(key)));
  }

  /** Sets answers; undefined removes one. */
  answers(arn: string, answers: Record<string, EvaluationAnswerData | undefined>): void {
    this.changes(arn, (evaluation) => {
      for (const [question, Value] of Object.entries(answers)) {
        if (Value === undefined) delete evaluation.answers[question];
        else evaluation.answers[question] = { ...evaluation.answers[question], Value };
      }
    });
  }

  /** Sets notes; undefined removes one. */
  notes(arn: string, notes: Record<string, string | undefined>): void {
    this.changes(arn, (evaluation) => {
      for (const [question, Value] of Object.entries(notes)) {
        if (Value === undefined) delete evaluation.notes[question];
        else evaluation.notes[question] = { Value };
      }
    });
  }

  submits(arn: string): void {
    this.changes(arn, (evaluation) => {
      Object.assign(
        evaluation,
        submitted(evaluation, this.scene.store.formVersionOf(evaluation), this.now(), this.scene.behaviour),
      );
    });
  }

  /** Connect submits an automated evaluation by itself; the evaluator stays as it is. */
  submitsAutomatically(arn: string): void {
    const evaluation = this.evaluation(arn);
    submitAutomatically(this.scene.store, evaluation, this.scene.behaviour);
    this.scene.store.expect(evaluation);
  }

  /** Asks for a review of an evaluation that was submitted. */
  requestsReview(arn: string, comment?: string): void {
    requestReview(this.evaluation(arn), this.now(), comment);
  }

  /** Starts the review that was requested, or one that nobody requested. */
  startsReview(arn: string): void {
    if (this.evaluation(arn).review === undefined) this.requestsReview(arn);
    const evaluation = this.evaluation(arn);
    evaluation.status = "UNDER_REVIEW";
    Object.assign(evaluation.review ?? {}, {
      reviewId: this.scene.newId(),
      createdTime: this.now(),
      createdBy: someoneIn(arn),
    });
  }

  /** Ends the review: the evaluation is a submitted one again. */
  resolvesReview(arn: string): void {
    this.setsStatus(arn, "SUBMITTED");
  }

  /** The agent acknowledges the evaluation. */
  acknowledges(arn: string, comment?: string): void {
    const words = comment === undefined ? {} : { comment };
    this.evaluation(arn).acknowledgement = { time: this.now(), by: someoneIn(arn), ...words };
  }

  setsStatus(arn: string, status: EvaluationStatus): void {
    const evaluation = this.evaluation(arn);
    evaluation.status = status;
    this.scene.store.expect(evaluation);
  }

  setsType(arn: string, type: EvaluationType): void {
    this.evaluation(arn).evaluationType = type;
  }

  setsContactAgent(arn: string, agentId: string): void {
    const evaluation = this.evaluation(arn);
    this.scene.store.instances.get(evaluation.instanceId)?.evaluations.assign(evaluation, agentId);
  }

  setsAutoEvaluationStatus(arn: string, status: AutoEvaluationStatus): void {
    const evaluation = this.evaluation(arn);
    evaluation.autoEvaluation = { enabled: true, status };
    this.scene.store.expect(evaluation);
  }

  /** Automation ends and suggests answers; `fillValue` also sets them as the answers. */
  suggests(arn: string, answers: Record<string, EvaluationAnswerData>, options: { fillValue?: boolean } = {}): void {
    const evaluation = this.evaluation(arn);
    suggest(evaluation, answers, options.fillValue ? { suggestionsIn: "Value" } : this.scene.behaviour);
    evaluation.autoEvaluation = { enabled: true, status: "SUCCEEDED" };
    evaluation.lastModifiedTime = this.now();
  }

  /** Adds a version to a form and activates it; returns its number. */
  publishes(formArn: string, content: Partial<EvaluationFormContent> = {}): number {
    const form = this.scene.store.formByArn(formArn);
    const latest = form?.versions.at(-1);
    if (form === undefined || latest === undefined) throw new Error(`No evaluation form ${formArn}`);
    const elsewhere = outsiderArn(parseResourceArn(formArn)?.region ?? "", "someone");
    const written = { Title: latest.Title, Items: latest.Items, ...content };
    const version = addVersion(form, written, elsewhere, this.now());
    activate(form, version, elsewhere, this.now());
    return version.version;
  }

  private changes(arn: string, change: (evaluation: Evaluation) => void): void {
    const evaluation = this.evaluation(arn);
    const { past, ...now } = evaluation;
    const copy = { ...structuredClone(now), past };
    change(copy);
    commit(this.scene, evaluation, { ...copy, lastModifiedTime: this.now(), evaluatorArn: someoneIn(arn) });
  }

  private now(): Date {
    return this.scene.behaviour.now();
  }

  private evaluation(arn: string): Evaluation {
    catchUp(this.scene.store, this.scene.behaviour);
    const evaluation = this.scene.store.evaluationByArn(arn);
    if (evaluation === undefined || evaluation.deletedTime) throw new Error(`No contact evaluation ${arn}`);
    return evaluation;
  }

  private taggable(arn: string): { tags: Tags } {
    return this.scene.store.formByArn(arn) ?? this.evaluation(arn);
  }
}
