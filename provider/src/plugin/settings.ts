import { ConfigurationError, type GetConfig, KEYS, readSettings } from "../aws/settings";
import type { Json } from "../shared/plain";
import type { Tags } from "../shared/tags";
import { hasUnknown, type Properties, type SecretMembers } from "./wire";

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
    readSettings(get);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
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
