import { submitAutomatically } from "./automation";
import { activate, draftVersion } from "./formVersions";
import type { Evaluation, Store } from "./store";
import type {
  AutoEvaluationStatus,
  EvaluationAnswerData,
  EvaluationFormContent,
  EvaluationStatus,
  EvaluationType,
  Tags,
} from "./types";

const elsewhere = "arn:aws:iam::999999999999:user/someone";

/** What other people and Connect itself do to evaluations, without a call that a test makes. */
export class Someone {
  constructor(
    private readonly store: Store,
    private readonly now: () => Date,
  ) {}

  deletes(arn: string): void {
    this.evaluation(arn).deletedTime = this.now();
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
      evaluation.status = "SUBMITTED";
      evaluation.submissions += 1;
      evaluation.submittedTime = this.now();
    });
  }

  /** Connect submits an automated evaluation by itself; the evaluator stays as it is. */
  submitsAutomatically(arn: string): void {
    submitAutomatically(this.evaluation(arn), this.now());
  }

  setsStatus(arn: string, status: EvaluationStatus): void {
    this.evaluation(arn).status = status;
  }

  setsType(arn: string, type: EvaluationType): void {
    this.evaluation(arn).evaluationType = type;
  }

  setsContactAgent(arn: string, agentId: string): void {
    this.evaluation(arn).contactAgentId = agentId;
  }

  setsAutoEvaluationStatus(arn: string, status: AutoEvaluationStatus): void {
    this.evaluation(arn).autoEvaluation = { enabled: true, status };
  }

  /** The service suggests answers to a draft; `fillValue` also sets them as the answers. */
  suggests(arn: string, answers: Record<string, EvaluationAnswerData>, options: { fillValue?: boolean } = {}): void {
    const evaluation = this.evaluation(arn);
    for (const [question, suggested] of Object.entries(answers)) {
      evaluation.answers[question] = {
        ...evaluation.answers[question],
        ...(options.fillValue ? { Value: suggested } : {}),
        SystemSuggestedValue: suggested,
        SuggestedAnswers: [{ Value: suggested, Status: "SUCCEEDED", AnalysisType: "GEN_AI" }],
      };
    }
    evaluation.autoEvaluation = { enabled: true, status: "SUCCEEDED" };
    evaluation.lastModifiedTime = this.now();
  }

  /** Adds a version to a form and activates it; returns its number. */
  publishes(formArn: string, content: Partial<EvaluationFormContent> = {}): number {
    const form = this.store.formByArn(formArn);
    const latest = form?.versions.at(-1);
    if (form === undefined || latest === undefined) throw new Error(`No evaluation form ${formArn}`);
    const written = { Title: latest.Title, Items: latest.Items, ...content };
    const version = draftVersion(latest.version + 1, written, elsewhere, this.now());
    form.versions.push(version);
    activate(form, version, elsewhere, this.now());
    return version.version;
  }

  private changes(arn: string, change: (evaluation: Evaluation) => void): void {
    const evaluation = this.evaluation(arn);
    change(evaluation);
    evaluation.lastModifiedTime = this.now();
    evaluation.evaluatorArn = `${arn.slice(0, arn.indexOf("/contact-evaluation/"))}/agent/someone`;
  }

  private evaluation(arn: string): Evaluation {
    const evaluation = this.store.evaluationByArn(arn);
    if (evaluation === undefined || evaluation.deletedTime) throw new Error(`No contact evaluation ${arn}`);
    return evaluation;
  }

  private taggable(arn: string): { tags: Tags } {
    return this.store.formByArn(arn) ?? this.evaluation(arn);
  }
}
