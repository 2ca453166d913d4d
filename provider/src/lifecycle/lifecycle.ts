import { isNotFound } from "../aws/awsError";
import { failed } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { Failure } from "../shared/errors";
import type { Fault } from "../shared/fault";
import { inSentence } from "../shared/inSentence";
import { type Inputs, isUnknown, OBSERVED, type State } from "../shared/model";
import { defined, type Json, pick, plain } from "../shared/plain";
import { adopt, adoptionFaults, refuseToImportAnother } from "./adoption";
import { changesBetween } from "./changes";
import { checkInputs } from "./check";
import { faultsOfRegion } from "./checkRegion";
import { parseEvaluationArn } from "./evaluationArn";
import { find, lookFor, UNSEEN } from "./find";
import { observedGrades } from "./grading/drift";
import { everyGrade } from "./grading/everyGrade";
import { grade, isGraded } from "./grading/grade";
import { ownParts } from "./grading/ownParts";
import { refuseToTakeBack } from "./grading/takeBack";
import { faultsWithActive, refuseUnfitChange, refuseUnfitStart } from "./grading/unfit";
import { isStillWaiting } from "./grading/waitForAutoEvaluation";
import { type AsWritten, fingerprint } from "./grading/written";
import { mayLoseWork, refuseToLose, refuseToLoseUnread } from "./gradingWork";
import type { Managed } from "./managed";
import { MARKER } from "./marker";
import { refuseToDeleteAnothers, refuseToShare } from "./ownership";
import { undoUnexpectedVersion } from "./pinnedVersion";
import { refuseHopelessReplacement, refuseToLoseByReplacement, refuseToStartBeforeDelete } from "./replacement";
import type { Resource } from "./resource";
import type { Session } from "./session";
import { type Start, startContactEvaluation } from "./start";
import { declaredIn, inputsOf, stateOf } from "./state";
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
    const { settings, declarations } = this.session;
    const checked = checkInputs(declared, settings.defaultTags, [MARKER]);
    const inputs = plain<Inputs>(checked.inputs as unknown as Inputs);
    declarations.note({ resource, inputs });
    const faults = [...checked.faults, ...(isNew ? await faultsOfRegion(settings, resource, inputs) : [])];
    if (!isNew || faults.length > 0) return { inputs, faults };
    return { inputs, faults: await this.faultsOfNew(resource, inputs) };
  }

  private async faultsOfNew(resource: Resource, inputs: Inputs): Promise<Fault[]> {
    const { session } = this;
    if (resource.adopts !== undefined) return adoptionFaults(session, resource, resource.adopts, inputs);
    const faults = await faultsWithActive(session, inputs);
    if (inputs.triggers === undefined) return faults;
    // They say that the form may change in this very deployment, before the start. create has the last word.
    for (const fault of faults) session.sayOnce(`as the form is now, ${inSentence(fault)}`);
    return [];
  }

  /** Compares what is declared. A replacement that cannot succeed, or would lose somebody's work, fails here. */
  async diff(resource: Resource, managed: Managed, inputs: Inputs): Promise<{ replace: string[]; update: string[] }> {
    const { declarations } = this.session;
    const { id, state } = managed;
    const declaration = { resource, inputs };
    declarations.identify(id, managed.recorded.key, resource.key);
    refuseToShare(this.session, id, resource.key);
    if (await this.isLetGoForImport(resource, managed)) return { replace: ["import"], update: [] };
    const { replace, update } = changesBetween({ ...state }, { ...inputs }, parseEvaluationArn(id).region);
    if (replace.length > 0) {
      await refuseToLoseByReplacement(this.session, managed, declaration);
      await refuseHopelessReplacement(this.session, id, declaration, replace);
      const isRetained = resource.isRetained || managed.recorded.isRetained;
      if (!isRetained) declarations.noteReplaceable(resource.key, id);
    } else if (update.includes("answers") || update.includes("notes")) {
      await refuseUnfitChange(this.session, managed, inputs);
    }
    return { replace, update: [...update, ...this.unfinishedBusiness(resource, state, inputs)] };
  }

  /** What update has to do even when the program says the same as before: finish a start, wait on, follow a rename. */
  private unfinishedBusiness({ key }: Resource, state: State, inputs: Inputs): string[] {
    const { status, marker, autoEvaluationStatus } = state;
    // One that is missing comes with the next change: an import shows none.
    const isOutdated = marker !== undefined && marker !== this.session.markerFor(key);
    return [
      ...(status === undefined ? ["status"] : []),
      ...(isStillWaiting(inputs, autoEvaluationStatus) ? ["autoEvaluationStatus"] : []),
      ...(isOutdated ? ["marker"] : []),
    ];
  }

  /** A resource whose evaluation is gone, as after a replacement that failed half way, may adopt another one. */
  private async isLetGoForImport(resource: Resource, { id, state }: Managed): Promise<boolean> {
    const { adopts } = resource;
    if (adopts === undefined || isUnknown(adopts) || adopts === id) return false;
    try {
      const isGone = (await find(this.session.connectOf(parseEvaluationArn(id)), state)) === "gone";
      if (!isGone) refuseToImportAnother(resource, id);
      return isGone;
    } catch (error) {
      throw failed(`import evaluation ${adopts} in place of ${id}`, error);
    }
  }

  /** Starts the evaluation and grades it, or finds the one that an earlier run started, or adopts the one to import. */
  async create(resource: Resource, inputs: Inputs): Promise<State> {
    const { session } = this;
    const { key, adopts } = resource;
    const own = { marker: session.markerFor(key) };
    if (adopts !== undefined) return stateOf(inputs, await adopt(session, resource, adopts, inputs), own);
    // Observe and act.
    await refuseToStartBeforeDelete(session, key);
    const connect = session.connectIn(inputs.region);
    await refuseUnfitStart(session, inputs);
    const { evaluation, recovered } = await this.start(connect, key, inputs);
    const id = evaluation.evaluationArn;
    session.declarations.noteCreated(key, id);
    await undoUnexpectedVersion(session, connect, key, evaluation, inputs);
    let attempt = `tag evaluation ${id}`;
    try {
      await bringTagsInLine(session, connect, evaluation, key, inputs, recovered);
      attempt = `grade evaluation ${id}`;
      const grading = { session, connect, inputs, before: {}, mayBeFurther: recovered };
      const { observed, written } = await grade(grading, evaluation);
      // Record.
      return stateOf(inputs, observed, { ...own, ...defined({ written }) });
    } catch (error) {
      const observed = pick(evaluation, ["evaluationArn", "createdTime", "evaluationFormVersion"]);
      throw new Unfinished(stateOf(inputs, observed, own), failed(attempt, error));
    }
  }

  private start(connect: Connect, key: string, inputs: Inputs): Promise<Start> {
    const { settings, holdings, say, sayOnce } = this.session;
    const { namespace } = settings;
    const request = { calls: connect, clock: connect.clock, inputs, key, namespace, holdings, say, sayOnce };
    return startContactEvaluation(request);
  }

  /** The evaluation as it is now, and the inputs that would declare it so, so that drift shows as a diff. */
  async read({ id, state }: Managed): Promise<{ state: State; inputs: Inputs } | undefined> {
    try {
      const connect = this.session.connectOf(parseEvaluationArn(id));
      const evaluation = await find(connect, state);
      if (evaluation === "gone") return undefined;
      if (typeof evaluation === "string") {
        this.session.say(`kept ${id} in the state: ${UNSEEN[evaluation].why}`);
        return { state, inputs: declaredIn(state) };
      }
      const tags = state.tags && declaredTags(this.session, state.tags, await tagsOf(connect, evaluation));
      const grades = await observedGrades(this.session.forms, connect, state, evaluation);
      const inputs = plain<Inputs>({ ...declaredIn(state), ...grades, tags });
      const isSettled = state.status !== undefined || !isGraded(state);
      const written = isSettled
        ? state.written
        : fingerprint(evaluation, inputs, await ownParts(this.session.forms, connect, state, evaluation));
      // Somebody may have removed it: the next change sets it again.
      const marker = evaluation.tags && !Object.hasOwn(evaluation.tags, MARKER) ? undefined : state.marker;
      return { state: stateOf(inputs, evaluation, defined({ marker, written })), inputs };
    } catch (error) {
      throw failed(`read evaluation ${id}`, error);
    }
  }

  /** An evaluation that a program only reads: all its tags, answers, and notes, and the Region that its ARN names. */
  async readUnmanaged(id: string): Promise<State> {
    try {
      const arn = parseEvaluationArn(id);
      const connect = this.session.connectOf(arn);
      const evaluation = await connect.describeContactEvaluation(arn);
      const tags = await tagsOf(connect, evaluation);
      const grades = await everyGrade(this.session.forms, connect, evaluation);
      return stateOf({ tags: {}, ...inputsOf({ ...evaluation, tags }), ...grades, region: arn.region }, evaluation);
    } catch (error) {
      throw failed(`read evaluation ${id}`, error);
    }
  }

  /** Changes tags, answers and notes, and submits; finishes what an earlier run did not. */
  async update(resource: Resource, { id, state }: Managed, inputs: Inputs): Promise<State> {
    const { session } = this;
    const { key } = resource;
    const arn = parseEvaluationArn(id);
    const connect = session.connectOf(arn);
    const business = this.unfinishedBusiness(resource, state, inputs);
    const isUnfinished = business.includes("status");
    const { update: changed } = changesBetween({ ...state }, { ...inputs }, arn.region);
    const grades = isUnfinished || business.includes("autoEvaluationStatus") || changed.some(isGrade);
    const touched = everTouched(state, inputs);
    const mustMark = business.length > 0 || state.marker !== session.markerFor(key);
    // Observe, where the state may not say how the evaluation is.
    const seen = grades ? await this.observe(connect, state, inputs) : undefined;
    let attempt = isUnfinished ? "finish" : "change the tags of";
    try {
      const found = seen && isUnfinished ? await tagsOf(connect, seen.evaluation) : undefined;
      const tags = found ? declaredTags(session, touched.tags ?? {}, found) : state.tags;
      // Act.
      const isMarked = await changeTags(session, connect, key, id, tags ?? {}, inputs.tags, mustMark);
      if (grades) attempt = isUnfinished ? "finish" : "grade";
      // What an earlier run may have set is the resource's own.
      const before = isUnfinished ? { ...state, ...touched } : state;
      const grading = { session, connect, inputs, before, mayBeFurther: isUnfinished };
      const { observed, written } = seen
        ? await grade(grading, seen.evaluation)
        : { observed: { ...pick(state, OBSERVED), evaluationArn: id }, written: state.written };
      // Record.
      return stateOf(inputs, observed, defined({ marker: isMarked ? session.markerFor(key) : state.marker, written }));
    } catch (error) {
      if (error instanceof Unfinished) throw error;
      if (isNotFound(error)) await this.refuseToUpdateGone(connect, state, error);
      // Some of it may be changed: the next `up` looks at it all, also when the program went back.
      const { status, ...known } = state;
      const written = seen && isGraded(touched) ? fingerprint(seen.evaluation, touched, seen.own) : state.written;
      const unfinished = defined({ ...known, ...touched, written });
      throw new Unfinished(unfinished, failed(`${attempt} evaluation ${id}`, error));
    }
  }

  private async refuseToUpdateGone(connect: Connect, state: State, error: unknown): Promise<void> {
    try {
      existingOr(await lookFor(connect, state, error), state);
    } catch (failure) {
      throw failed(`update evaluation ${state.evaluationArn}`, failure);
    }
  }

  /** The evaluation before a change, and which parts of it are the resource's own. */
  private async observe(
    connect: Connect,
    state: State,
    inputs: Inputs,
  ): Promise<{ evaluation: Evaluation; own: AsWritten }> {
    try {
      const evaluation = existingOr(await find(connect, state), state);
      await refuseToTakeBack(this.session, connect, evaluation, state, inputs);
      return { evaluation, own: await ownParts(this.session.forms, connect, state, evaluation) };
    } catch (error) {
      throw failed(`look at evaluation ${state.evaluationArn}`, error);
    }
  }

  /** Deletes the evaluation, unless it holds somebody's work. One that is gone is deleted. */
  async delete(managed: Managed): Promise<void> {
    const { declarations, holdings } = this.session;
    const { id, state, recorded } = managed;
    const attempt = `delete evaluation ${id}`;
    const connect = this.session.connectOf(parseEvaluationArn(id));
    // Observe: what the program says now, where this is a replacement.
    const declaration = declarations.of(id, recorded.key);
    const key = declaration?.resource.key ?? recorded.key;
    if (declarations.createdFor(key) === id) return this.session.say(`kept ${id}, which is the new evaluation as well`);
    if (declaration?.resource.isRetained) return void holdings.claim(id, key);
    try {
      if (declaration !== undefined && declarations.replaceable(key) !== id) {
        // A forced replacement: diff was not asked.
        await refuseHopelessReplacement(this.session, id, declaration, []);
      }
      // Observe: somebody's work, and another resource's.
      const isForced = mayLoseWork(this.session, declaration?.inputs ?? state);
      const evaluation = isForced ? undefined : await find(connect, state);
      const seen = typeof evaluation === "object" ? evaluation : undefined;
      if (seen !== undefined) await refuseToLose(this.session, connect, seen, state, attempt);
      if (evaluation === "not described") refuseToLoseUnread(attempt);
      await refuseToDeleteAnothers(this.session, connect, managed, key, seen);
      // Act: what cannot be seen may be there all the same.
      if (evaluation !== "gone") await this.deleteOrProveGone(connect, state);
    } catch (error) {
      throw failed(attempt, error);
    }
    // Record.
    holdings.release(id, key);
  }

  private async deleteOrProveGone(connect: Connect, state: State): Promise<void> {
    try {
      await connect.deleteContactEvaluation(parseEvaluationArn(state.evaluationArn));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const evaluation = await lookFor(connect, state, error);
      if (evaluation === "gone") return;
      if (typeof evaluation !== "string") throw error;
      throw new Failure(`delete evaluation ${state.evaluationArn}`, UNSEEN[evaluation]);
    }
  }
}

/** An evaluation that the state has: while it cannot be seen, the command cannot go on. */
function existingOr(evaluation: Awaited<ReturnType<typeof find>>, { evaluationArn }: State): Evaluation {
  if (evaluation === "gone") throw new Failure(`update evaluation ${evaluationArn}`, GONE);
  if (typeof evaluation === "string") throw new Failure(`update evaluation ${evaluationArn}`, UNSEEN[evaluation]);
  return evaluation;
}

const isGrade = (property: string): boolean => ["answers", "notes", "submit"].includes(property);

/** What the resource may have set by now, after a change that failed half way: what it drops next is still its own. */
const everTouched = (state: State, inputs: Inputs): Pick<State, "tags" | "answers" | "notes" | "submit"> =>
  defined({
    tags: (state.tags ?? inputs.tags) && { ...state.tags, ...inputs.tags },
    answers: (state.answers ?? inputs.answers) && { ...state.answers, ...inputs.answers },
    notes: (state.notes ?? inputs.notes) && { ...state.notes, ...inputs.notes },
    submit: state.submit || inputs.submit,
  });

const GONE = { why: "it is gone", remedy: "run `pulumi refresh`, then `pulumi up`, which starts another one" };
