import { ConfigurationError, type GetConfig, isSet, KEYS, readSettings } from "../aws/settings";
import { isObject, type Json, own } from "../shared/plain";
import { SECRETS } from "../shared/secretSettings";
import type { Tags } from "../shared/tags";
import { LOST } from "./requests";
import { hasUnknown, type Properties, type SecretMembers, type Secrets, union } from "./wire";

/**
 * The settings of a provider: those that a program gives an explicit one, or `connect-evaluations:KEY` of the stack for
 * the default one. The engine tells a plugin the keys of its own namespace and no others.
 */

/** A key without its namespace. */
const nameOf = (key: string): string => key.slice(key.indexOf(":") + 1);

const NAMES = Object.keys(KEYS).map(nameOf).sort();

/** What the engine adds of its own. */
const OF_ENGINE = ["version", "pluginDownloadURL", "__internal"];

/** What is configured, by the keys that the life cycle knows. */
export const configOf =
  (settings: Json): GetConfig =>
  (key) =>
    settings[nameOf(key)];

/** What is wrong with the settings, all at once. What is not known yet passes. */
export function faultsOfSettings(news: Json): string[] {
  const strangers = Object.keys(news).filter((name) => !NAMES.includes(name) && !OF_ENGINE.includes(name));
  const known = Object.fromEntries(Object.entries(news).filter(([, value]) => !hasUnknown(value)));
  return [
    ...strangers.map((name) => `connect-evaluations:${name} is no setting; there are ${NAMES.join(", ")}`),
    ...faultsOfValues(configOf(known)),
  ];
}

function faultsOfValues(get: GetConfig): readonly string[] {
  try {
    const { defaultTags } = readSettings(get);
    return Object.hasOwn(defaultTags, LOST) ? [`connect-evaluations:defaultTags has a tag ${LOST}; ${NOT_SENT}`] : [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

const NOT_SENT = "Pulumi's protocol cannot carry that name: choose another";

/** With what is secret by its nature as secrets, too, as the class of TypeScript programs has it. */
export function concealed({ value, secrets }: Properties): Properties {
  const places = Object.entries({ ...SECRETS, assumeRole: SECRETS.assumeRoles ?? [] }).flatMap(([name, members]) => {
    const there = isSet(value[name]) ? secretsIn(value[name], members) : undefined;
    return there === undefined ? [] : [[name, there] as const];
  });
  return { value, secrets: union(secrets, Object.fromEntries(places)) };
}

/** In a list or in JSON text, a member is secret with all the others. */
function secretsIn(value: unknown, members: readonly string[]): Secrets | undefined {
  if (members.length === 0) return true;
  if (!isObject(value)) return members.some((name) => JSON.stringify(value).includes(name)) || undefined;
  const there = members.filter((name) => isSet(own(value, name)));
  return there.length > 0 ? Object.fromEntries(there.map((name) => [name, true])) : undefined;
}

/** The settings that differ. None replaces the provider: an evaluation's own ARN says where it is. */
export const changedSettings = (olds: Json, news: Json): string[] =>
  Object.keys({ ...olds, ...news }).filter((name) => JSON.stringify(olds[name]) !== JSON.stringify(news[name]));

/**
 * The default tags whose values are secrets, by key. Settings are text in the stack's configuration and from SDKs, and
 * that is a secret as a whole.
 */
export function secretDefaultTags({ secrets = {} }: Properties, defaultTags: Tags): SecretMembers {
  const { defaultTags: places } = secrets;
  const tags = typeof places === "object" ? places.tags : places;
  const isSecret = (key: string) => tags === true || (tags !== undefined && Object.hasOwn(tags, key));
  return Object.fromEntries(Object.keys(defaultTags).flatMap((key) => (isSecret(key) ? [[key, true] as const] : [])));
}
