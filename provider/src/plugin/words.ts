import { KEYS } from "../aws/settings";

/** `aws:region`, but neither an ARN nor a condition key of IAM, such as `aws:TagKeys`. */
const SETTING = /(?<![\w:])aws:(\w+)/g;

/** A sentence of the life cycle, which names the settings of the stack, with the names that they have for the plugin. */
export const inPluginsWords = (sentence: string): string =>
  sentence.replace(SETTING, (name, key) => (Object.hasOwn(KEYS, name) ? `connect-evaluations:${key}` : name));
