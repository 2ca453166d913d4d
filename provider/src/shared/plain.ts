/** A JSON object whose values nobody has checked yet. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The members that are not `undefined`. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}

/** The member of that name, where any text may be a name: `constructor` is one of every object. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The record with another value for each entry, without those for which there is none. */
export const mapEntries = <T, R>(
  record: Readonly<Record<string, T>>,
  to: (key: string, value: T) => R | undefined,
): Record<string, R> => {
  const mapped = Object.entries(record).map(([key, value]) => [key, to(key, value)] as const);
  return Object.fromEntries(mapped.filter((entry): entry is [string, R] => entry[1] !== undefined));
};

/** The same value as plain JSON: the engine's struct encoder fails on `undefined`, and on it alone after this. */
export function plain<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The named properties of `from`, those that are there. */
export function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const there = keys.filter((key) => Object.hasOwn(from, key) && from[key] !== undefined);
  return Object.fromEntries(there.map((key) => [key, from[key]])) as Pick<T, K>;
}
