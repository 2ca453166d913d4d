import * as pulumi from "@pulumi/pulumi";
import { DECLARED_SOURCE } from "../dynamic/providerSource";
import { TYPE } from "../dynamic/type";
import type { Answer, AutoEvaluationConfiguration, EvaluationScore, WaitForAutoEvaluation } from "../shared/model";
import { INPUTS, OBSERVED } from "../shared/model";
import { resourceKey } from "../shared/resourceKey";
import { VERSION } from "../shared/version";
import { providerOf, whyUnfit } from "./explicitProvider";
import { hasSecretDefaultTags } from "./secretDefaultTags";

/** The resource as a stack author sees it, in the program. What it does at Amazon Connect: verbs/lifecycle.ts. */

/**
 * An answer to a question of the form: the text (to a text question, 0 to 300 characters), the text or the RefId of an
 * option (single select), a number (numeric), a list of options (multi select), or one of the two objects. The times of
 * date questions are in ISO 8601, UTC where they name no zone; `notApplicable` needs a question that allows it.
 */
export type AnswerArgs =
  | string
  | number
  | readonly pulumi.Input<string>[]
  | { dateTime: pulumi.Input<string> }
  | { notApplicable: pulumi.Input<true> };

/**
 * What to evaluate, and how.
 * Limits are those of StartContactEvaluation in the Amazon Connect API Reference, counted in characters.
 */
export interface ContactEvaluationArgs {
  /** The Connect instance: its id (1 to 100 characters) or its ARN. Required. A change replaces the evaluation. */
  instanceId: pulumi.Input<string>;
  /** The contact: its id (1 to 256 characters) or its ARN. Required. A change replaces the evaluation. */
  contactId: pulumi.Input<string>;
  /**
   * The evaluation form: its id (1 to 500 characters) or its ARN. Required. Connect pins the version that is active at
   * the start. A change replaces the evaluation; a new version of the form does not.
   */
  evaluationFormId: pulumi.Input<string>;
  /**
   * Whether Connect fills in answers itself. Default: Connect decides, by the form and the instance. A change replaces
   * the evaluation.
   */
  autoEvaluationConfiguration?:
    | pulumi.Input<{
        /** Whether to evaluate automatically. */
        enabled: pulumi.Input<boolean>;
      }>
    | undefined;
  /**
   * The version of the form that the program is written for, 1 or higher. Default: any. If another version is active, the
   * preview fails; if one becomes active between preview and start, the start is undone. A change of the number replaces
   * the evaluation; if you remove it, the evaluation stays.
   */
  evaluationFormVersion?: pulumi.Input<number> | undefined;
  /**
   * Answers by the RefId of the question, at most 100. Default: none. Those that somebody changes in Connect are set back
   * by an `up` after a refresh, whose preview shows it, and those that leave the program are deleted unless somebody changed
   * them; answers to other questions are never touched. A change is made in place. If the evaluation is submitted, this
   * submits it again, which stays on its record.
   */
  answers?: pulumi.Input<Record<string, pulumi.Input<AnswerArgs>>> | undefined;
  /**
   * Notes by the RefId of the question or section: at most 100, each with at most 3,072 characters, all together with at
   * most 1,024 for each question of the form. Default: none. They are set back and deleted as answers are. A change is made in place.
   */
  notes?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /**
   * Whether to submit the evaluation, with the answers and notes, so that Connect computes its scores. Default: false. A
   * draft is submitted in place. Connect cannot make a draft of it again, so a change back to false replaces it.
   */
  submit?: pulumi.Input<boolean> | undefined;
  /**
   * The ARN of the Connect user to whom answers and submission are attributed. Default: the caller. A change is made in
   * place: nothing is sent to Connect, and the new one counts from the next change of answers on.
   */
  evaluator?: pulumi.Input<string> | undefined;
  /**
   * Any values, such as the items of the form: when one changes, the evaluation is replaced. Default: none. If you add
   * triggers where there were none, or remove all, the evaluation stays.
   */
  triggers?: pulumi.Input<readonly unknown[]> | undefined;
  /**
   * Waits before the answers are set until Connect has ended its own evaluation, for at most `timeoutSeconds`: 1 to 3600,
   * default 300. Default: does not wait. After a timeout, the next `up` waits on. A change is made in place.
   */
  waitForAutoEvaluation?:
    | pulumi.Input<{
        /** Seconds, 1 to 3600. Default: 300. */
        timeoutSeconds?: pulumi.Input<number> | undefined;
      }>
    | undefined;
  /**
   * The ClientToken to start the evaluation with (1 to 500 characters). Default: derived from the resource's URN and
   * inputs. A change is made in place: nothing is sent to Connect, and the token counts from the next start on.
   */
  clientToken?: pulumi.Input<string> | undefined;
  /**
   * Tags of the evaluation. Default: the default tags of the provider or the stack (`aws:defaultTags`), which are
   * otherwise merged under these. At most 50 together, one of which this package uses to recognize the evaluation. Keys
   * have 1 to 128 characters and do not start with `aws:`, values 0 to 256. A change is made in place; tags that others
   * set stay.
   */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /**
   * The AWS Region, such as `us-west-2`. Default: that of an ARN among the inputs, else the provider's or the stack's
   * (`aws:region`), else the environment's. If it becomes another Region than the evaluation's, that replaces the evaluation.
   */
  region?: pulumi.Input<string> | undefined;
  /**
   * Whether to delete the evaluation even when it holds somebody's work, anything that this resource did not write, and to
   * write over that work and submit it. Default: false. A change is made in place, with `pulumi up`, and nothing is sent to Connect.
   */
  forceDestroy?: pulumi.Input<boolean> | undefined;
}

/**
 * The evaluation of one contact with one evaluation form, started with StartContactEvaluation. Its id is its ARN.
 *
 * Errors name what was attempted, why it failed and what to do. A replacement deletes the old evaluation first.
 */
export class ContactEvaluation extends pulumi.CustomResource {
  /**
   * The Pulumi type of this resource.
   * @hidden
   */
  static readonly __pulumiType = TYPE;

  /** The id of the Connect instance, also where the program gives an ARN. */
  declare readonly instanceId: pulumi.Output<string>;
  /** The id of the contact, also where the program gives an ARN. */
  declare readonly contactId: pulumi.Output<string>;
  /** The id of the evaluation form, also where the program gives an ARN. */
  declare readonly evaluationFormId: pulumi.Output<string>;
  /** As declared; unset when it is left to Connect. */
  declare readonly autoEvaluationConfiguration: pulumi.Output<AutoEvaluationConfiguration | undefined>;
  /** Those that the program declares, as it spells them; of an evaluation that `get` reads, all. */
  declare readonly answers: pulumi.Output<Record<string, Answer> | undefined>;
  /** Those that the program declares; of an evaluation that `get` reads, all. */
  declare readonly notes: pulumi.Output<Record<string, string> | undefined>;
  /** As declared. Somebody else may have submitted the evaluation: `status` says whether it is. */
  declare readonly submit: pulumi.Output<boolean | undefined>;
  /** As declared; `evaluatorArn` says who it was. */
  declare readonly evaluator: pulumi.Output<string | undefined>;
  /** As declared. */
  declare readonly triggers: pulumi.Output<unknown[] | undefined>;
  /** As declared. */
  declare readonly waitForAutoEvaluation: pulumi.Output<WaitForAutoEvaluation | undefined>;
  /** As declared; unset when it is derived. */
  declare readonly clientToken: pulumi.Output<string | undefined>;
  /** The tags that this resource manages, with the default tags. */
  declare readonly tags: pulumi.Output<Record<string, string> | undefined>;
  /** As declared, or as an ARN among the inputs says; unset when it is the provider's, the stack's, or the environment's. */
  declare readonly region: pulumi.Output<string | undefined>;
  /** As declared. */
  declare readonly forceDestroy: pulumi.Output<boolean | undefined>;

  /** The ARN of the evaluation, which is also the id of the resource. */
  declare readonly evaluationArn: pulumi.Output<string>;
  /** The id of the evaluation in its instance. */
  declare readonly evaluationId: pulumi.Output<string>;
  /** DRAFT, SUBMITTED, REVIEW_REQUESTED, UNDER_REVIEW, or what Connect adds to these. */
  declare readonly status: pulumi.Output<string>;
  /** STANDARD, or CALIBRATION for one that a calibration session made. */
  declare readonly evaluationType: pulumi.Output<string | undefined>;
  /** The version of the form that the evaluation has: the one that was active when it was started. */
  declare readonly evaluationFormVersion: pulumi.Output<number | undefined>;
  /** Who last updated the evaluation. */
  declare readonly evaluatorArn: pulumi.Output<string | undefined>;
  /** The agent who handled the contact. */
  declare readonly contactAgentId: pulumi.Output<string | undefined>;
  /** The overall score, once Connect computed one. */
  declare readonly score: pulumi.Output<EvaluationScore | undefined>;
  /** The scores of sections and questions by their RefIds, once Connect computed them. */
  declare readonly scores: pulumi.Output<Record<string, EvaluationScore> | undefined>;
  /** IN_PROGRESS, FAILED or SUCCEEDED, where Connect evaluates automatically. */
  declare readonly autoEvaluationStatus: pulumi.Output<string | undefined>;
  /** When the evaluation was started, in ISO 8601. */
  declare readonly createdTime: pulumi.Output<string>;
  /** When the evaluation was last changed, in ISO 8601. */
  declare readonly lastModifiedTime: pulumi.Output<string>;

  /**
   * Reads an existing evaluation, and never changes or deletes it.
   * @param name the name in the program.
   * @param arn the evaluation's ARN; the program fails when there is none.
   * @param opts resource options, such as `provider`.
   */
  static get(name: string, arn: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ContactEvaluation {
    return new ContactEvaluation(name, undefined, { ...opts, id: arn });
  }

  /** Whether a value is a `ContactEvaluation`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is ContactEvaluation {
    return pulumi.CustomResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === TYPE;
  }

  /**
   * Declares an evaluation.
   * @param name the name in the program, from which Pulumi makes the URN.
   * @param args what to evaluate, and how.
   * @param opts resource options.
   */
  constructor(name: string, args: ContactEvaluationArgs, opts?: pulumi.CustomResourceOptions);
  /** @internal */
  constructor(name: string, args: ContactEvaluationArgs | undefined, opts: pulumi.CustomResourceOptions);
  constructor(name: string, args: ContactEvaluationArgs | undefined, opts: pulumi.CustomResourceOptions = {}) {
    refuseOptions(name, opts);
    // The engine cannot serve `import` of a dynamic provider's resource; create adopts the evaluation instead.
    const { import: adopted, ...options } = opts;
    const isOnlyRead = options.id !== undefined;
    const secretDefaults = hasSecretDefaultTags(providerOf(options));
    const hidden = {
      __provider: DECLARED_SOURCE,
      __key: isOnlyRead ? undefined : keyOf(name, options.parent),
      __import: adopted,
      __retainOnDelete: options.retainOnDelete || undefined,
      __packageVersion: isOnlyRead ? undefined : VERSION,
      __hasSecretDefaultTags: isOnlyRead ? undefined : secretDefaults,
    };
    const hides = isOnlyRead ? secretsOfRead(secretDefaults !== undefined) : SECRET_OUTPUTS;
    const additionalSecretOutputs = [...hides, ...(options.additionalSecretOutputs ?? [])];
    const { stackTraceLimit } = Error;
    if (!DEBUGS_PROMISES) Error.stackTraceLimit = 0;
    try {
      // A forced replacement never asks the provider for the order, only this option.
      super(
        TYPE,
        name,
        { ...PROPERTIES, ...args, ...hidden },
        { deleteBeforeReplace: true, ...options, additionalSecretOutputs },
      );
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      throw located(error);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    // The engine takes outputs for unknown in every preview of an update, but never the id.
    (this as { evaluationArn: pulumi.Output<string> }).evaluationArn = this.id;
  }
}

/**
 * Pulumi's SDK takes four stack traces for each property of each resource, to be read by those who debug leaked
 * promises. Where source maps are at work, as in every TypeScript program, they are a third of the time of an `up`
 * without changes. (Where the resource was declared, which goes into the state, the SDK notes regardless.)
 */
const DEBUGS_PROMISES = Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);

/** What a constructor of the SDK threw while there were no stack traces; it says where the resource is declared. */
function located(error: unknown): unknown {
  if (error instanceof Error) Error.captureStackTrace(error, ContactEvaluation);
  return error;
}

/** The fingerprint of an answer is found in as many guesses as its question has options. */
const SECRET_OUTPUTS = ["__written"];

/** What is only read meets no check, and so may have the default tags among its own. */
const secretsOfRead = (mayHaveSecretTags: boolean): string[] => (mayHaveSecretTags ? ["tags"] : []);

/** A property that is not passed would be plain `undefined` on the object instead of an Output. */
const PROPERTIES = Object.fromEntries([...INPUTS, ...OBSERVED].map((key) => [key, undefined]));

/** As a Promise: an Output would depend on the parent, and with it on this resource's own siblings. */
function keyOf(name: string, parent: pulumi.Resource | undefined): Promise<string> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, TYPE, parent).apply((urn) => resolve(resourceKey(urn, organization())));
  });
}

/** Every engine has one; a unit test of a program, under `pulumi.runtime.setMocks`, has one only if it says so. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "";
  }
}

function refuseOptions(name: string, { deleteBeforeReplace, provider }: pulumi.CustomResourceOptions): void {
  if (deleteBeforeReplace === false) {
    refuse(
      name,
      "deleteBeforeReplace cannot be false. Amazon Connect may answer the start of the new evaluation with the old one, which would be deleted next. Remove the option.",
    );
  }
  const reason = whyUnfit(provider, "resource");
  if (reason !== undefined) refuse(name, reason);
}

/** A mistake in the program. Without a stack of its own, which Pulumi's runner takes up to half a minute to map. */
function refuse(name: string, reason: string): never {
  const error = new pulumi.RunError(`ContactEvaluation "${name}": ${reason}`);
  throw Object.assign(error, { stack: error.message });
}
