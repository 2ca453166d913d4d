import { ifNotFound, isNotFound } from "../aws/awsError";
import { failed, failure } from "../aws/causes";
import type { Connect } from "../connect/connect";
import { UnfinishedStart } from "../shared/errors";
import type { Fault } from "../shared/fault";
import { INPUTS, type Inputs, OBSERVED, type State } from "../shared/model";
import { type Json, pick, plain } from "../shared/plain";
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
  async diff(resource: Resource, id: string, state: State, inputs: Inputs): Promise<Changes> {
    const { holdings, declarations } = this.session;
    const declaration = { resource, inputs };
    declarations.identify(id, resource.key);
    holdings.hold(id, resource.key);
    refuseToImportAnother(resource, id);
    const changes = changesBetween({ ...state }, { ...inputs }, parseEvaluationArn(id).region);
    if (changes.replace.length > 0) {
      await refuseToLoseByReplacement(this.session, id, declaration);
      await refuseHopelessReplacement(this.session, id, declaration, changes.replace);
      declarations.noteReplaceable(id);
    }
    return changes;
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
      const evaluation = await ifNotFound(connect.describeContactEvaluation(arn), undefined);
      if (evaluation === undefined) return undefined;
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
      const evaluation = isUnfinished ? await connect.describeContactEvaluation(arn) : undefined;
      const tags = evaluation && declaredTags(this.session, touched, await tagsOf(connect, evaluation));
      // Act.
      await changeTags(this.session, connect, id, tags ?? state.tags ?? {}, inputs.tags);
      // Record.
      return stateOf(inputs, evaluation ?? { ...pick(state, OBSERVED), evaluationArn: id });
    } catch (error) {
      const attempt = `${isUnfinished ? "finish" : "change the tags of"} evaluation ${id}`;
      const cause = isNotFound(error) ? failure(attempt, GONE, error) : failed(attempt, error);
      // Some tags may be changed: the next `up` looks at them all, also when the program went back.
      const { status, ...known } = state;
      throw new Unfinished({ ...known, tags: touched }, cause);
    }
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
      if (!mayLoseWork(this.session, declaration?.inputs ?? state)) {
        const evaluation = await ifNotFound(connect.describeContactEvaluation(arn), undefined);
        if (evaluation !== undefined) refuseToLose(evaluation, attempt);
      }
      await ifNotFound(connect.deleteContactEvaluation(arn), undefined);
    } catch (error) {
      throw failed(attempt, error);
    }
    holdings.release(id, key);
  }
}

const GONE = { why: "it is gone", remedy: "run `pulumi refresh`, then `pulumi up`, which starts another one" };
