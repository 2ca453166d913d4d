import { parseEvaluationArn } from "../shared/arns";
import { inSentence } from "../shared/inSentence";
import type { Inputs } from "../shared/model";
import { own } from "../shared/plain";
import type { Tags } from "../shared/tags";
import { Lifecycle } from "../verbs/lifecycle";
import type { Session } from "../verbs/session";
import { declaredIn as declaredInState, Unfinished } from "../verbs/state";
import { type DetailedDiff, detailedDiff } from "./detailedDiff";
import { isSettled, ownedBefore, refuseImport, refuseUnlike, whyNotImportable } from "./imported";
import { previewOfCreate, previewOfUpdate } from "./preview";
import { declaredIn, hiddenIn, type Known, managed, outputsOf, resourceOf } from "./properties";
import { covers, type Properties, type SecretMembers, union } from "./wire";

/** The verbs of the life cycle in the engine's terms: inputs and outputs, which of them are secret, and previews. */
export class Verbs {
  private readonly lifecycle: Lifecycle;
  /** What this process read that may be an import, by URN. */
  private readonly readAlone = new Map<string, Known>();

  /** @param secretsAmong which of the default tags are secrets. */
  constructor(
    private readonly session: Session,
    private readonly secretsAmong: (defaultTags: Tags) => SecretMembers = () => ({}),
  ) {
    this.lifecycle = new Lifecycle(session);
  }

  async check(urn: string, olds: Properties, news: Properties): Promise<{ inputs: Properties; faults: string[] }> {
    const resource = resourceOf(urn);
    const imported = this.readAlone.get(urn);
    if (imported !== undefined) refuseImport(this.session, imported);
    const isNew = Object.keys(olds.value).length === 0;
    const { inputs, faults } = await this.lifecycle.check(resource, news.value, isNew);
    const value = { ...inputs };
    return {
      inputs: { value, secrets: union(news.secrets, this.secretsIn(inputs)) },
      faults: faults.map((fault) => inSentence(fault)),
    };
  }

  async diff(known: Known, news: Properties): Promise<DetailedDiff> {
    const declared = declaredIn(news);
    const before = ownedBefore(known, declared);
    const { replace, update } = await this.lifecycle.diff(resourceOf(known.urn), managed(known, before), declared);
    // The command `pulumi import` does not ask; so this is the option, whose program the state has to follow.
    const isImported = this.readAlone.has(known.urn);
    if (isImported) refuseUnlike(known.id, replace);
    const isDue = isImported || !isSettled(known, declared);
    const others = [...becameSecret(known.outputs, news), ...(isDue ? ["marker"] : [])];
    return detailedDiff(before, declared, {
      replace: replace.map(asInState),
      update: [...new Set([...update, ...others])].map(asInState),
    });
  }

  async create(urn: string, news: Properties): Promise<{ id: string; outputs: Properties }> {
    const resource = resourceOf(urn);
    const creation = this.lifecycle.create(resource, declaredIn(news));
    const state = await creation.catch(keepingState(resource.key, news.secrets));
    return { id: state.evaluationArn, outputs: outputsOf(state, resource.key, news.secrets) };
  }

  previewOfCreate(news: Properties): Properties {
    return { ...news, value: previewOfCreate(declaredIn(news)) };
  }

  /** For a refresh, an import, and what a program only reads. */
  async read(known: Known): Promise<{ inputs: Properties; outputs: Properties } | undefined> {
    if (isReadAlone(known)) return this.readUnmanaged(known);
    const found = await this.lifecycle.read(managed(known));
    if (found === undefined) return undefined;
    const secrets = union(known.outputs.secrets, known.inputs.secrets);
    return {
      inputs: { value: { ...found.inputs }, secrets },
      outputs: outputsOf(found.state, hiddenIn(known).__key, secrets),
    };
  }

  async update(known: Known, news: Properties): Promise<Properties> {
    const resource = resourceOf(known.urn);
    const declared = declaredIn(news);
    const before = managed(known, ownedBefore(known, declared));
    const change = this.lifecycle.update(resource, before, declared);
    const state = await change.catch(keepingState(resource.key, union(known.outputs.secrets, news.secrets)));
    return outputsOf(state, resource.key, news.secrets);
  }

  previewOfUpdate(known: Known, news: Properties): Properties {
    const declared = declaredIn(news);
    const { state } = managed(known, ownedBefore(known, declared));
    const { region } = parseEvaluationArn(known.id);
    const marker = this.session.markerFor(resourceOf(known.urn).key);
    return { ...news, value: previewOfUpdate(state, declared, region, marker) };
  }

  async delete(known: Known): Promise<void> {
    // A run without a preview has put into the state what it then refused.
    const refusal = whyNotImportable(this.session, known);
    if (refusal !== undefined) return this.session.say(`kept ${known.id}: ${refusal.why}`);
    return this.lifecycle.delete(managed(known));
  }

  private async readUnmanaged(known: Known): Promise<{ inputs: Properties; outputs: Properties }> {
    const { state, inputs } = await this.lifecycle.readUnmanaged(known.id);
    const secrets = union(known.outputs.secrets, known.inputs.secrets, this.secretsIn(state));
    const outputs = outputsOf(state, undefined, secrets);
    // A refresh of what a program only reads, and so declares nothing of.
    if (known.outputs.value.evaluationArn !== undefined) return { inputs: known.inputs, outputs };
    this.readAlone.set(known.urn, { ...known, outputs });
    return { inputs: { value: { ...inputs }, secrets }, outputs };
  }

  /** Where default tags that are secrets are among the tags. */
  private secretsIn({ tags }: Pick<Inputs, "tags">): SecretMembers | undefined {
    if (tags === undefined) return undefined;
    const secrets = this.secretsAmong(this.session.settings.defaultTags);
    return Object.keys(secrets).length > 0 ? { tags: secrets } : undefined;
  }
}

/** An evaluation that was started or changed, and not finished: the engine keeps it, and calls update next. */
export class InitFailed extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Properties,
    readonly inputs: Properties,
    override readonly cause: unknown,
  ) {
    super();
  }
}

const keepingState =
  (key: string, secrets: SecretMembers | undefined) =>
  (error: unknown): never => {
    if (!(error instanceof Unfinished)) throw error;
    const { state, cause } = error;
    const inputs = { value: { ...declaredInState(state) }, secrets };
    throw new InitFailed(state.evaluationArn, outputsOf(state, key, secrets), inputs, cause);
  };

/** An import gives the id alone, and so does a program that reads; that one has no inputs at its refresh, either. */
const isReadAlone = ({ inputs, outputs }: Known): boolean =>
  outputs.value.evaluationArn === undefined || inputs.value.instanceId === undefined;

/** What is not encrypted in the state yet. */
const becameSecret = (outputs: Properties, { secrets = {} }: Properties): string[] =>
  Object.entries(secrets).flatMap(([property, places]) =>
    outputs.value[property] === undefined || covers(outputs.secrets?.[property], places) ? [] : [property],
  );

/** What is due beside the inputs, by the output that it changes. */
const IN_STATE: Readonly<Record<string, string>> = { marker: "__marker", unfinished: "__written" };

const asInState = (property: string): string => own(IN_STATE, property) ?? property;
