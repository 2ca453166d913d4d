import { ConfigurationError, type GetConfig, KEYS, readSettings } from "../aws/settings";
import type { Json } from "../shared/plain";
import type { Tags } from "../shared/tags";
import { hasUnknown, type Properties, type SecretMembers } from "./wire";

/**
 * The settings of a provider: those that a program gives an explicit one, or `connect-evaluations:KEY` of the stack for
 * the default one. A default provider takes what is not set there from the stack's `aws:KEY`, so that one configuration
 * serves `@pulumi/aws` and this package.
 */

/** A key without its namespace. */
const nameOf = (key: string): string => key.slice(key.indexOf(":") + 1);

const NAMES = Object.keys(KEYS).map(nameOf).sort();

/** What the engine adds of its own. */
const OF_ENGINE = ["version", "pluginDownloadURL", "__internal"];

/** They say together for whom a call is made: half of them from elsewhere would be somebody else. */
const WHO = ["accessKey", "secretKey", "token", "profile"];

/** What is configured, by the keys that the life cycle knows. */
export function configOf(own: Json, urn: string | undefined, environment = process.env): GetConfig {
  const stack = isDefaultProvider(urn) ? stackConfig(environment) : {};
  const saysWho = WHO.some((name) => own[name] !== undefined);
  return (key) => {
    const name = nameOf(key);
    return own[name] ?? (saysWho && WHO.includes(name) ? undefined : stack[`aws:${name}`]);
  };
}

/** What is wrong with the settings, all at once. What is not known yet passes. */
export function faultsOfSettings(news: Json, urn: string): string[] {
  const strangers = Object.keys(news).filter((name) => !NAMES.includes(name) && !OF_ENGINE.includes(name));
  const known = Object.fromEntries(Object.entries(news).filter(([, value]) => !hasUnknown(value)));
  return [
    ...strangers.map((name) => `connect-evaluations:${name} is no setting; there are ${NAMES.join(", ")}`),
    ...faultsOfValues(configOf(known, urn)),
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
 * that is a secret as a whole. Nobody says which of the stack's `aws:` keys are secrets.
 */
export function secretDefaultTags({ value, secrets = {} }: Properties, defaultTags: Tags): SecretMembers {
  const places = value.defaultTags === undefined ? true : secrets.defaultTags;
  const tags = typeof places === "object" ? places.tags : places;
  const isSecret = (key: string) => tags === true || (tags !== undefined && Object.hasOwn(tags, key));
  return Object.fromEntries(Object.keys(defaultTags).flatMap((key) => (isSecret(key) ? [[key, true] as const] : [])));
}

/** `urn:pulumi:STACK::PROJECT::pulumi:providers:connect-evaluations::default_0_1_0` */
const isDefaultProvider = (urn = ""): boolean => /::default(_[^:]*)?$/.test(urn);

/** Of a plugin that the engine started: the stack's whole configuration, decrypted. */
function stackConfig({ PULUMI_CONFIG = "{}" }: NodeJS.ProcessEnv): Json {
  return JSON.parse(PULUMI_CONFIG) as Json;
}
