import { defined, isObject, type Json } from "../shared/plain";
import type { Tags } from "../shared/tags";

/**
 * What the values of the configuration's keys may be. A structured value is JSON text from the stack, and plain from an
 * explicit provider; a number or a flag may be text from either.
 */

export type Parse<T> = (value: unknown) => T;

/** What a value must be instead, to follow "must be". Never the value itself, which may be a secret. */
export class Mistake extends Error {}

/** YAML makes numbers and flags of texts that look like them. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Mistake("a text");
}

export function url(value: unknown): string {
  if (typeof value === "string" && URL.canParse(value)) return value;
  throw new Mistake("a URL like https://HOST");
}

/** As in Go, which `@pulumi/aws` is written in, a proxy without a scheme is one that speaks HTTP. */
export function proxy(value: unknown): string {
  const given = typeof value === "string" && !value.includes("://") ? `http://${value}` : value;
  if (typeof given === "string" && /^https?:\/\//.test(given) && URL.canParse(given)) return given;
  throw new Mistake("a URL like http://HOST:PORT");
}

export function flag(value: unknown): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw new Mistake("true or false");
}

export function count(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= 0) return number;
  throw new Mistake("a whole number of 0 or more");
}

export const oneOf =
  <T extends string>(...choices: readonly T[]): Parse<T> =>
  (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new Mistake(choices.join(" or "));
    return choice;
  };

/** A text that is no list is the one item: as JSON, an id would lose its leading zeros. */
export const listOf =
  <T>(parse: Parse<T>): Parse<readonly T[]> =>
  (value) => {
    const list = typeof value === "string" && value.trimStart().startsWith("[") ? json(value) : value;
    return (Array.isArray(list) ? list : [list]).map(parse);
  };

/** The SDK reads one shared file of a kind. */
export function onlyOne(value: unknown): string {
  const [file, ...others] = listOf(text)(value);
  if (file !== undefined && others.length === 0) return file;
  throw new Mistake("a list with the path of one file: more are not supported");
}

/** YAML makes a number of an id, without its leading zeros. */
export function accountId(value: unknown): string {
  const id = typeof value === "number" ? String(value).padStart(12, "0") : value;
  if (typeof id === "string" && /^\d{12}$/.test(id)) return id;
  throw new Mistake("a list of account ids of 12 digits");
}

type Members<P> = { [K in keyof P]?: P[K] extends Parse<infer T> ? T : never };

/** An object that has some of these members and no others; one that is `null` or empty is not there. */
export const members =
  <P extends Readonly<Record<string, Parse<unknown>>>>(like: string, parsers: P): Parse<Members<P>> =>
  (value) => {
    const given = object(value, like);
    const strangers = Object.keys(given).filter((name) => !Object.hasOwn(parsers, name));
    if (strangers.length > 0) throw new Mistake(`an object like ${like}, which has no ${strangers.join(" and no ")}`);
    const parsed = Object.entries(parsers).map(([name, parse]) => [name, member(like, name, parse, given[name])]);
    return defined(Object.fromEntries(parsed)) as Members<P>;
  };

function member<T>(like: string, name: string, parse: Parse<T>, value: unknown): T | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  try {
    return parse(value);
  } catch (error) {
    if (error instanceof Mistake) throw new Mistake(`an object like ${like}, and its ${name} ${error.message}`);
    throw error;
  }
}

export function tags(value: unknown): Tags {
  const like = '{"Owner":"me"}';
  const given = Object.entries(object(value, like));
  const isTag = (tag: unknown) => ["string", "number", "boolean"].includes(typeof tag);
  if (!given.every(([, tag]) => isTag(tag))) throw new Mistake(`an object like ${like} whose values are texts`);
  return Object.fromEntries(given.map(([key, tag]) => [key, String(tag)]));
}

const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** In seconds; written as `@pulumi/aws` has it: `1h`, `15m`, `1h30m`. */
export function duration(value: unknown): number {
  const parts = typeof value === "string" ? [...value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)] : [];
  const seconds = parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (SECONDS[unit] ?? 0), 0);
  if (parts.length > 0 && parts.map(([part]) => part).join("") === value) return Math.round(seconds);
  throw new Mistake("a duration like 1h or 15m");
}

export function object(value: unknown, like: string): Json {
  const parsed = json(value);
  if (isObject(parsed)) return parsed;
  throw new Mistake(`an object like ${like}`);
}

function json(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Mistake("JSON");
  }
}
