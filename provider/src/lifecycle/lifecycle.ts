import { isNotFound } from "../aws/awsError";
import { failed } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import type { ConnectArn } from "../shared/arns";
import { Failure, UnfinishedStart } from "../shared/errors";
import type { Fault } from "../shared/fault";
import { INPUTS, type Inputs, OBSERVED, type State } from "../shared/model";
import { type Json, pick, plain } from "../shared/plain";
import { findEvaluation, NOT_VISIBLE_YET } from "./absence";
import { adopt, adoptionFaults, refuseToImportAnother } from "./adoption";
import { type Changes, changesBetween } from "./changes";
import { checkInputs } from "./check";
import { parseEvaluationArn } from "./evaluationArn";
import { mayLoseWork, refuseToLose } from "./gradingWork";
import { refuseHopelessReplacement, refuseToLoseByReplacement } from "./replacement";
import type { Resource } from "./resource";
import type { Session } from "./session";
import { type Start, startContactEvaluation } from "./start";
import { inputsOf, stateOf } from "./state";
import { bringTagsInLine, changeTags, declaredTags, tagsOf } from "./tagging";
import { Unfinished } from "./unfinished";

/**
 * The life cycle of a contact evaluation, in the order in which the engine asks for it: plain values in, plain values
 * out. How they reach the engine is the front's business (provider.ts).
 */
export class Lifecycle {
  constructor(private readonly session: Session) {}

  /** Validates what the program declares, all faults at once, and completes it: ids, Region, default tags. */
  async check(resource: Resource, declared: Json, isNew: boolean): Promise<{ inputs: Inputs; faults: Fault[] }> {
    const checked = checkInputs(declared, this.session.settings.defaultTags);
    const inputs = plain<Inputs>(checked.inputs as unknown as Inputs);
    this.session.declarations.note({ resource, inputs });
    if (!isNew || checked.faults.length > 0 || resource.adopts === undefined) return { inputs, faults: checked.faults };
    return { inputs, faults: await adoptionFaults(this.session, resource.adopts, inputs) };
  }

  /** Compares what is declared. A replacement that cannot succeed, or would lose somebody's work, fails here. */
  async diff(
    resource: Resource,
    id: string,
    state: State,
    inputs: Inputs,
  ): Promise<Changes & { isUnfinished: boolean }> {
    const { holdings, declarations } = this.session;
    const declaration = { resource, inputs };
    declarations.identify(id, resource.key);
    holdings.hold(id, resource.key);
    refuseToImportAnother(resource, id);
    const changes = changesBetween({ ...state }, { ...inputs }, parseEvaluationArn(id).region);
    if (changes.replace.length > 0) {
      await refuseToLoseByReplacement(this.session, id, state, declaration);
      await refuseHopelessReplacement(this.session, id, declaration, changes.replace);
      declarations.noteReplaceable(id);
    }
    return { ...changes, isUnfinished: state.status === undefined };
  }

  /** Starts the evaluation, or finds the one that an interrupted run started, or adopts the one to import. */
  async create(resource: Resource, inputs: Inputs): Promise<State> {
    if (resource.adopts !== undefined)
      return stateOf(inputs, await adopt(this.session, resource.adopts, resource, inputs));
    const connect = this.session.connectIn(inputs.region);
    const { evaluation, recovered } = await this.start(connect, resource, inputs);
    const id = evaluation.evaluationArn;
    if (recovered) this.session.say(`found ${id}, which an interrupted run had started`);
    try {
      await bringTagsInLine(this.session, connect, evaluation, inputs, recovered);
    } catch (error) {
      throw new Unfinished(stateOf(inputs, { evaluationArn: id }), failed(`tag evaluation ${id}`, error));
    }
    return stateOf(inputs, evaluation);
  }

  private async start(connect: Connect, { key }: Resource, inputs: Inputs): Promise<Start> {
    try {
      return await startContactEvaluation(connect, inputs, key, this.session);
    } catch (error) {
      if (!(error instanceof UnfinishedStart)) throw error;
      const { evaluationArn, cause } = error;
      throw new Unfinished(stateOf(inputs, { evaluationArn }), cause);
    }
  }

  /** The evaluation as it is now, and the inputs that would declare it so, so that drift shows as a diff. */
  async read(id: string, state: State): Promise<{ state: State; inputs: Inputs } | undefined> {
    try {
      const arn = parseEvaluationArn(id);
      const connect = this.session.connectOf(arn);
      const evaluation = await findEvaluation(connect, arn, state);
      if (evaluation === "gone") return undefined;
      if (evaluation === "unseen") {
        this.session.say(`kept ${id} in the state: ${NOT_VISIBLE_YET.why}`);
        return { state, inputs: pick(state, INPUTS) };
      }
      const tags = state.tags && declaredTags(this.session, state.tags, await tagsOf(connect, evaluation));
      const inputs = plain<Inputs>({ ...pick(state, INPUTS), tags });
      return { state: stateOf(inputs, evaluation), inputs };
    } catch (error) {
      throw failed(`read evaluation ${id}`, error);
    }
  }

  /** An evaluation that a program only reads: all its tags, and the Region that its ARN names. */
  async readUnmanaged(id: string): Promise<State> {
    try {
      const arn = parseEvaluationArn(id);
      const connect = this.session.connectOf(arn);
      const evaluation = await connect.describeContactEvaluation(arn);
      const tags = await tagsOf(connect, evaluation);
      return stateOf({ tags: {}, ...inputsOf({ ...evaluation, tags }), region: arn.region }, evaluation);
    } catch (error) {
      throw failed(`read evaluation ${id}`, error);
    }
  }

  /** Changes tags, the one thing about an evaluation that a stack may change; finishes what an earlier run did not. */
  async update(id: string, state: State, inputs: Inputs): Promise<State> {
    const arn = parseEvaluationArn(id);
    const connect = this.session.connectOf(arn);
    const isUnfinished = state.status === undefined;
    const touched = { ...state.tags, ...inputs.tags };
    try {
      // Observe, where the state may not say how the evaluation is.
      const evaluation = isUnfinished ? await this.existing(connect, arn, state) : undefined;
      const tags = evaluation && declaredTags(this.session, touched, await tagsOf(connect, evaluation));
      // Act.
      await changeTags(this.session, connect, id, tags ?? state.tags ?? {}, inputs.tags);
      // Record.
      return stateOf(inputs, evaluation ?? { ...pick(state, OBSERVED), evaluationArn: id });
    } catch (error) {
      if (isNotFound(error)) await this.existing(connect, arn, state);
      // Some tags may be changed: the next `up` looks at them all, also when the program went back.
      const { status, ...known } = state;
      const attempt = `${isUnfinished ? "finish" : "change the tags of"} evaluation ${id}`;
      throw new Unfinished({ ...known, tags: touched }, failed(attempt, error));
    }
  }

  /** An evaluation that the state has; when it cannot be seen, the command cannot go on. */
  private async existing(connect: Connect, arn: ConnectArn, state: State): Promise<Evaluation> {
    const evaluation = await findEvaluation(connect, arn, state);
    if (evaluation === "gone") throw new Failure(`update evaluation ${state.evaluationArn}`, GONE);
    if (evaluation === "unseen") throw new Failure(`update evaluation ${state.evaluationArn}`, NOT_VISIBLE_YET);
    return evaluation;
  }

  /** Deletes the evaluation, unless it holds somebody's work. One that is gone is deleted. */
  async delete(key: string, id: string, state: State): Promise<void> {
    const attempt = `delete evaluation ${id}`;
    const { declarations, holdings } = this.session;
    const arn = parseEvaluationArn(id);
    const connect = this.session.connectOf(arn);
    const declaration = declarations.of(id, key);
    if (declaration?.resource.isRetained) return;
    if (declaration !== undefined && !declarations.isReplaceable(id)) {
      // A forced replacement: diff was not asked.
      await refuseHopelessReplacement(this.session, id, declaration, []);
    }
    try {
      // Observe: somebody's work, where it counts.
      const isForced = mayLoseWork(this.session, declaration?.inputs ?? state);
      const evaluation = isForced ? "unseen" : await findEvaluation(connect, arn, state);
      if (typeof evaluation === "object") refuseToLose(evaluation, attempt);
      // Act: what cannot be seen may be there all the same.
      if (evaluation !== "gone") await this.deleteVisible(connect, arn, state);
    } catch (error) {
      throw failed(attempt, error);
    }
    // Record.
    holdings.release(id, key);
  }

  /** Deletes it, or makes sure that it is gone. */
  private async deleteVisible(connect: Connect, arn: ConnectArn, state: State): Promise<void> {
    try {
      await connect.deleteContactEvaluation(arn);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const evaluation = await findEvaluation(connect, arn, state);
      if (evaluation === "unseen") throw new Failure(`delete evaluation ${state.evaluationArn}`, NOT_VISIBLE_YET);
      if (evaluation !== "gone") throw error;
    }
  }
}

const GONE = { why: "it is gone", remedy: "run `pulumi refresh`, then `pulumi up`, which starts another one" };
