import type * as pulumi from "@pulumi/pulumi";
import { type GetConfig, readSettings, type Settings } from "./aws/settings";
import { Connect, type Evaluation } from "./connect/connect";
import { adoptionFaults } from "./lifecycle/adoption";
import { changesBetween } from "./lifecycle/changes";
import { checkInputs } from "./lifecycle/check";
import { FORCE_DESTROY_VARIABLE, refuseToLose } from "./lifecycle/gradingWork";
import { Holdings } from "./lifecycle/holdings";
import { lookAtPrerequisites } from "./lifecycle/prerequisites";
import { type Start, StartUnfinished, startContactEvaluation } from "./lifecycle/start";
import { declaredOf, stateOf } from "./lifecycle/state";
import { ARN_FORM, type ConnectArn, parseConnectArn } from "./shared/arns";
import { Failure, failed, forTerminal, isDenied, isNotFound, unfinished } from "./shared/errors";
import { DECLARED, HIDDEN, type Inputs, isUnknown, OBSERVED, type Outputs, pick, plain } from "./shared/model";
import { declaredOnly, planTags, type Tags } from "./shared/tags";

/**
 * The life cycle of a contact evaluation, in the order in which the engine asks for it.
 * This module is the provider: the engine's Node process loads it once, and all resources of a run share its state.
 */
const provider: pulumi.dynamic.ResourceProvider<Inputs, Outputs> = {
  /** Must not wait for anything and must not throw: the engine calls on without waiting, and after a failure too. */
  async configure({ config }) {
    configuration = readConfiguration((key) => config.get(key));
  },

  /** Validates what the program declares, all faults at once, and completes it: ids, Region, default tags. */
  check: (olds, news) =>
    told(async () => {
      const { inputs, faults } = checkInputs({ ...news }, settings().defaultTags);
      const checked = plain<Inputs>(inputs as unknown as Inputs);
      const isNew = Object.keys(olds ?? {}).length === 0;
      const isSound = faults.length === 0;
      const all = isNew && isSound && checked.__import !== undefined ? await lookAtAdopted(checked) : faults;
      return { inputs: checked, failures: all.map((reason) => ({ property: "", reason })) };
    }),

  /** Compares what is declared. A replacement that cannot succeed, or would lose somebody's work, fails here. */
  diff: (id, olds, news) =>
    told(async () => {
      const arn = parseConnectArn(id);
      holdings.hold(id, news.__key);
      holdings.allowToForce(id, news.forceDestroy === true);
      const { replace, update } = changesBetween({ ...olds }, { ...news }, arn?.region);
      refuseUnlessAdopted(id, news, replace);
      if (replace.length > 0) {
        await refuseHopelessReplacement(id, news);
        return { changes: true, replaces: replace, deleteBeforeReplace: true };
      }
      // Without a word on changes the engine compares the inputs itself, which is what replaceOnChanges works with.
      return update.length > 0 ? { deleteBeforeReplace: true } : { changes: false };
    }),

  /** Starts the evaluation, or finds the one that a cut-off run started, or adopts the one to import. */
  create: (inputs) =>
    told(async () => {
      if (inputs.__import !== undefined) return adopt(inputs, inputs.__import);
      const connect = connectIn(inputs.region ?? settings().region);
      const { evaluation, recovered } = await start(connect, inputs);
      const id = evaluation.evaluationArn;
      if (recovered) tell(`found ${id}, which an interrupted run had started`);
      try {
        await setTags(connect, evaluation, inputs, recovered);
      } catch (error) {
        throw unfinished(failed(`tag evaluation ${id}`, error), id, stateOf(inputs, { evaluationArn: id }));
      }
      return { id, outs: stateOf(inputs, evaluation) };
    }),

  /** The evaluation as it is now; for the engine's refresh with its inputs, so that drift shows as a diff. */
  read: (id, props) =>
    told(async () => {
      const isKnown = props?.evaluationArn !== undefined;
      try {
        const connect = connectOf(id);
        const evaluation = await connect.describeContactEvaluation(arnOf(id));
        if (!isKnown) return { id, props: await stateOfUnmanaged(connect, evaluation) };
        const tags = props.tags && declaredOnly(props.tags, await tagsOf(connect, evaluation), settings().ignoreTags);
        const inputs = plain<Inputs>({ ...pick(props, [...DECLARED, ...HIDDEN]), tags });
        return { id, props: stateOf(inputs, evaluation), inputs: inputs as Outputs };
      } catch (error) {
        // An empty id drops it from the state; `get` has none, and would take the answer for a resource without outputs.
        if (isNotFound(error) && isKnown) return { id: "" };
        throw failed(`read evaluation ${id}`, error);
      }
    }),

  /** Changes tags, the one thing about an evaluation that a stack may change; finishes a start that was not. */
  update: (id, olds, news) =>
    told(async () => {
      const connect = connectOf(id);
      const evaluation = olds.status === undefined ? await finishStart(connect, id, olds, news) : undefined;
      const { set, unset } = planTags(evaluation?.tags ?? olds.tags, news.tags, settings().ignoreTags);
      try {
        // First away with the old ones: a resource has at most 50 tags, those that others set included.
        if (unset.length > 0) await connect.untagResource(id, unset);
        if (Object.keys(set).length > 0) await connect.tagResource(id, set);
      } catch (error) {
        throw failedOnExisting(`change the tags of evaluation ${id}`, error);
      }
      return { outs: stateOf(news, evaluation ?? { ...pick(olds, OBSERVED), evaluationArn: id }) };
    }),

  /** Deletes the evaluation, unless it holds somebody's work. One that is gone is deleted. */
  delete: (id, props) =>
    told(async () => {
      const attempt = `delete evaluation ${id}`;
      const connect = connectOf(id);
      try {
        const forced = isForced(props) || holdings.isAllowedToForce(id);
        if (!forced) refuseToLose(await connect.describeContactEvaluation(arnOf(id)), attempt);
        await connect.deleteContactEvaluation(arnOf(id));
      } catch (error) {
        if (!isNotFound(error)) throw failed(attempt, error);
      }
      holdings.release(id, props.__key);
    }),
};

// What all resources of the process share.

type Configuration = { settings: Settings } | { error: unknown };

let configuration: Configuration = readConfiguration(() => undefined);
const connections = new Map<string | undefined, Connect>();
const holdings = new Holdings();

function readConfiguration(get: GetConfig): Configuration {
  try {
    return { settings: readSettings(get) };
  } catch (error) {
    return { error };
  }
}

/** @throws what was wrong with the configuration, in every call that needs it. */
function settings(): Settings {
  if ("error" in configuration) throw configuration.error;
  return configuration.settings;
}

/** One client, and so one pace, for each Region. */
function connectIn(region: string | undefined): Connect {
  const connect = connections.get(region) ?? new Connect(settings(), region, tell);
  connections.set(region, connect);
  return connect;
}

/** Where an existing evaluation is, its ARN alone says. */
const connectOf = (id: string): Connect => connectIn(arnOf(id).region);

/** The parts of an id. An empty one must never reach the service: its requests would go to another address. */
function arnOf(id: string): ConnectArn {
  const arn = parseConnectArn(id);
  if (arn?.kind === "contact-evaluation") return arn;
  throw new Failure(`work with the evaluation ${JSON.stringify(id)}`, {
    why: "that is not the ARN of a contact evaluation",
    remedy: `give an ARN like ${ARN_FORM["contact-evaluation"]}`,
  });
}

/** Every line of it shows under the stack in `pulumi up`. */
function tell(line: string): void {
  console.error(`ContactEvaluation: ${line}`);
}

async function told<T>(verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    throw forTerminal(error);
  }
}

const isForced = ({ forceDestroy }: Partial<Inputs>): boolean =>
  forceDestroy === true || settings().forceDestroy || process.env[FORCE_DESTROY_VARIABLE] === "true";

// Parts of the verbs above.

async function start(connect: Connect, inputs: Inputs): Promise<Start> {
  try {
    return await startContactEvaluation(connect, inputs, settings().namespace, holdings);
  } catch (error) {
    if (!(error instanceof StartUnfinished)) throw error;
    const { evaluationArn, failure } = error;
    throw unfinished(failure, evaluationArn, stateOf(inputs, { evaluationArn }));
  }
}

/** The tags as the service has them: its description may leave them out. */
async function tagsOf(connect: Connect, { tags, evaluationArn }: Evaluation): Promise<Tags> {
  if (tags !== undefined) return tags;
  try {
    return await connect.listTagsForResource(evaluationArn);
  } catch (error) {
    // Never a sign that the evaluation is gone: that was just described.
    throw failed(`list the tags of evaluation ${evaluationArn}`, error);
  }
}

/** Brings tags in line that went out with an earlier start, or that the start did not take. */
async function setTags(connect: Connect, evaluation: Evaluation, { tags }: Inputs, look: boolean): Promise<void> {
  if (tags === undefined || (evaluation.tags === undefined && !look)) return;
  const { set } = planTags(await tagsOf(connect, evaluation), tags, settings().ignoreTags);
  if (Object.keys(set).length > 0) await connect.tagResource(evaluation.evaluationArn, set);
}

/** What a program that only reads it sees: all its tags, and the Region that its ARN names. */
async function stateOfUnmanaged(connect: Connect, evaluation: Evaluation): Promise<Outputs> {
  const { region } = arnOf(evaluation.evaluationArn);
  const tags = await tagsOf(connect, evaluation);
  return stateOf({ tags: {}, ...declaredOf({ ...evaluation, tags }), region }, evaluation);
}

/** What an earlier run left open: the description, and tags that may not be in line. */
async function finishStart(connect: Connect, id: string, olds: Outputs, news: Inputs): Promise<Evaluation> {
  try {
    const evaluation = await connect.describeContactEvaluation(arnOf(id));
    const tags = declaredOnly({ ...olds.tags, ...news.tags }, await tagsOf(connect, evaluation)) ?? {};
    return { ...evaluation, tags };
  } catch (error) {
    throw failedOnExisting(`finish the start of evaluation ${id}`, error);
  }
}

/** The failure of an attempt on an evaluation that the state knows: a missing one is gone. */
function failedOnExisting(attempt: string, error: unknown): unknown {
  if (!isNotFound(error)) return failed(attempt, error);
  const gone = { why: "it is gone", remedy: "run `pulumi refresh`, then `pulumi up`, which starts another one" };
  return new Failure(attempt, gone, error);
}

async function adopt(inputs: Inputs, id: string): Promise<pulumi.dynamic.CreateResult<Outputs>> {
  const attempt = `adopt evaluation ${id}`;
  const connect = connectOf(id);
  try {
    const evaluation = await connect.describeContactEvaluation(arnOf(id));
    const [fault] = adoptionFaults(inputs, evaluation);
    if (fault !== undefined) throw new Failure(attempt, { why: fault, remedy: "correct the program" });
    await setTags(connect, evaluation, inputs, true);
    holdings.hold(id, inputs.__key);
    return { id, outs: stateOf(inputs, evaluation) };
  } catch (error) {
    throw failed(attempt, error);
  }
}

/** What stands against adopting, already in preview. */
async function lookAtAdopted(inputs: Inputs): Promise<string[]> {
  const id = inputs.__import ?? "";
  if (isUnknown(id)) return [];
  if (parseConnectArn(id)?.kind !== "contact-evaluation") {
    return [`the option import must be the ARN of a contact evaluation (${ARN_FORM["contact-evaluation"]})`];
  }
  try {
    return adoptionFaults(inputs, await connectOf(id).describeContactEvaluation(arnOf(id)));
  } catch (error) {
    if (isNotFound(error)) return [`the option import names an evaluation that does not exist: ${id}`];
    throw failed(`look at evaluation ${id} to import`, error);
  }
}

/** While the option import is there it must name what is managed, and nothing may need another evaluation. */
function refuseUnlessAdopted(id: string, { __import }: Inputs, replaces: readonly string[]): void {
  if (__import === undefined || isUnknown(__import)) return;
  if (__import !== id) {
    throw new Failure(`import evaluation ${__import}`, {
      why: `this resource already manages ${id}`,
      remedy: "remove the option import, or let go of the resource first: `pulumi state delete URN`",
    });
  }
  if (replaces.length > 0) {
    throw new Failure(`replace evaluation ${id} for another ${replaces.join(", ")}`, {
      why: "the option import still asks for this very evaluation",
      remedy: "remove the option import first",
    });
  }
}

/** Deleting comes first in a replacement, so what could stop it afterwards is looked at before, in preview too. */
async function refuseHopelessReplacement(id: string, news: Inputs): Promise<void> {
  const attempt = `replace evaluation ${id}`;
  if (!isForced(news) && news.__retainOnDelete !== true) {
    try {
      refuseToLose(await connectOf(id).describeContactEvaluation(arnOf(id)), attempt);
    } catch (error) {
      if (!isNotFound(error) && !isDenied(error)) throw failed(attempt, error);
    }
  }
  if (isUnknown(news.region)) return;
  const [obstacle] = (await lookAtPrerequisites(connectIn(news.region ?? settings().region), news)).obstacles;
  if (obstacle !== undefined) throw new Failure(`${attempt}; nothing was deleted`, obstacle);
}

export = provider;
