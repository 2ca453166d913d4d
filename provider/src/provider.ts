import * as path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { forEngine, keepingId } from "./dynamic/engineErrors";
import { type ClassInputs, type HiddenInputs, type HiddenOutputs, separate } from "./dynamic/hiddenInputs";
import { DECLARED_SOURCE, PROVIDER_SOURCE, withSource } from "./dynamic/providerSource";
import { sealedSecret } from "./shared/envelope";
import type { Fault } from "./shared/fault";
import { inSentence } from "./shared/inSentence";
import { type Inputs, ON_CHANGE, type State } from "./shared/model";
import { defined, isObject, mapEntries } from "./shared/plain";
import { VERSION } from "./shared/version";
import type { Managed, Resource } from "./verbs/declarations";
import { Lifecycle } from "./verbs/lifecycle";
import { Session } from "./verbs/session";
import { Unfinished } from "./verbs/state";

/**
 * The dynamic provider: the life cycle as Pulumi's Node.js SDK calls it. The engine's Node.js process loads this module
 * once, and all resources of a run share its session. Hidden inputs are taken off on the way in, and put back on the way
 * out, since what a verb returns replaces the whole state.
 */
const provider: pulumi.dynamic.ResourceProvider<Inputs & HiddenInputs, State & HiddenOutputs> = {
  /**
   * Must not wait for anything and must not throw: the engine calls on without waiting, and after a failure too. It is
   * called again for each other `__provider` in the state, always with the same configuration.
   */
  async configure({ config }) {
    configured ??= new Lifecycle(new Session((key) => config.get(key), say));
    lifecycle = configured;
  },

  check: (olds, news) =>
    forPeople(async () => {
      const { __packageVersion, __hasSecretDefaultTags, ...declared }: typeof news & ClassInputs = news;
      const { hidden, rest } = separate(declared);
      const isNew = Object.keys(olds ?? {}).length === 0;
      const { inputs, faults } = await lifecycle.check(resourceOf(hidden), rest, isNew);
      // Without a property name: with one the engine prints its value too, and `<nil>` for one that is missing or nested.
      return {
        inputs: { ...(__hasSecretDefaultTags ? withSecretDefaults(inputs, rest) : inputs), ...hidden },
        failures: faults.map((fault) => ({
          property: "",
          reason: inSentence(fault) + otherVersion(fault, __packageVersion),
        })),
      };
    }),

  diff: (id, olds, news) =>
    forPeople(async () => {
      const { hidden, rest: inputs } = separate({ ...news });
      const { replace, update } = await lifecycle.diff(resourceOf(hidden), managed(id, olds), inputs);
      if (replace.length > 0) return { changes: true, replaces: replace, deleteBeforeReplace: true };
      // Without a word on changes the engine compares the inputs itself, which is what replaceOnChanges works with. What
      // is no input it would not notice.
      if (update.length > 0) return update.every(isInput) ? { deleteBeforeReplace: true } : { changes: true };
      return { changes: false };
    }),

  create: (news) =>
    forPeople(async () => {
      const { hidden, rest: inputs } = separate({ ...news });
      const state = await lifecycle.create(resourceOf(hidden), inputs).catch(keepingState(hidden));
      return { id: state.evaluationArn, outs: propertiesOf(state, hidden) };
    }),

  read: (id, props = {} as State) =>
    forPeople(async () => {
      const { hidden } = separate({ ...props });
      // The class gives no key to what a program only reads. Its first read would take an empty answer for a resource
      // without outputs, so that it throws instead.
      if (hidden.__key === undefined) {
        const { foundMarker, ...state } = (await lifecycle.readUnmanaged(id)).state;
        return { id, props: state };
      }
      const found = await lifecycle.read(managed(id, props));
      // An empty id drops the resource from the state.
      if (found === undefined) return { id: "" };
      const { __marker, __foundMarker, __written, __expectsVersion, ...hiddenInputs } = hidden;
      const inputs = withSource({ ...found.inputs, ...hiddenInputs } as State, DECLARED_SOURCE);
      return { id, props: propertiesOf(found.state, hidden), inputs };
    }),

  update: (id, olds, news) =>
    forPeople(async () => {
      const { hidden, rest: inputs } = separate({ ...news });
      const update = lifecycle.update(resourceOf(hidden), managed(id, olds), inputs);
      return { outs: propertiesOf(await update.catch(keepingState(hidden)), hidden) };
    }),

  delete: (id, props) => forPeople(() => lifecycle.delete(managed(id, props))),
};

let configured: Lifecycle | undefined;

/** Until the engine configures it, with no settings at all. */
let lifecycle = new Lifecycle(new Session(() => undefined, say));

function resourceOf({ __key = "", __import, __retainOnDelete }: HiddenInputs): Resource {
  return defined({ key: __key, adopts: __import, isRetained: __retainOnDelete });
}

function managed(id: string, properties: State & HiddenOutputs): Managed {
  const { hidden, rest } = separate({ ...properties });
  const { __marker: marker, __foundMarker: foundMarker, __written: written, __expectsVersion: expectsVersion } = hidden;
  return {
    id,
    state: defined({ ...rest, evaluationArn: id, marker, foundMarker, written, expectsVersion }),
    recorded: resourceOf(hidden),
  };
}

/** What stands in the state: all of it, since what a verb returns replaces the whole state. */
const propertiesOf = (
  { marker, foundMarker, written, expectsVersion, ...state }: State,
  { __key, __import, __retainOnDelete }: HiddenInputs,
): State & HiddenOutputs =>
  withSource(
    defined({
      ...state,
      ...{ __key, __import, __retainOnDelete },
      ...{ __marker: marker, __foundMarker: foundMarker, __written: written, __expectsVersion: expectsVersion },
    }),
    PROVIDER_SOURCE,
  );

/**
 * Each default tag is a secret by itself. The engine takes the secret off an object as a whole whose like the program declares
 * in plain, and keeps it on its members (annotateSecrets in pkg/resource/plugin/provider_plugin.go, 3.274).
 */
function withSecretDefaults(inputs: Inputs, declared: Inputs): Inputs {
  if (!isObject(inputs.tags)) return inputs;
  const own = isObject(declared.tags) ? declared.tags : {};
  const tags = mapEntries(inputs.tags, (key, value) => (Object.hasOwn(own, key) ? value : sealedSecret(value)));
  return { ...inputs, tags: tags as Record<string, string> };
}

/** A class that is newer than this provider declares what this one does not know: two versions are in one tree. */
function otherVersion({ kind }: Fault, classVersion = VERSION): string {
  if (kind !== "unknownProperty" || classVersion === VERSION) return "";
  const where = path.dirname(__dirname);
  return `. The program uses version ${classVersion} of pulumi-connect-evaluations, and the engine found version ${VERSION} in ${where}: install one version only`;
}

const isInput = (property: string): boolean => Object.hasOwn(ON_CHANGE, property);

/** What was made and not finished goes into the state as it is. */
const keepingState =
  (hidden: HiddenInputs) =>
  (error: unknown): never => {
    if (!(error instanceof Unfinished)) throw error;
    const { state, cause } = error;
    throw keepingId(cause, state.evaluationArn, propertiesOf(state, hidden));
  };

/** Every line of it shows under the stack in `pulumi up`. */
function say(line: string): void {
  console.error(`ContactEvaluation: ${line}`);
}

async function forPeople<T>(verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    throw error instanceof Error && "reasons" in error ? error : forEngine(error);
  }
}

export = provider;
