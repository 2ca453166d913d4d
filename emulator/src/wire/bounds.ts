/** What JSON may have. */
export interface Bounds {
  /** Objects and lists inside each other. */
  levels: number;
  /** Members of one object, or items of one list. */
  entries: number;
  /** UTF-16 units of one text. */
  characters: number;
}

/** In which way a value is too large, in words. Goes level by level, at any depth, and no further than it has to. */
export function excess(value: unknown, { levels, entries, characters }: Bounds): string | undefined {
  let values = [value];
  for (let level = 0; level <= levels; level += 1) {
    if (values.some((item) => typeof item === "string" && item.length > characters)) {
      return `must have at most ${characters} characters in each text`;
    }
    const containers = values.filter((item) => typeof item === "object" && item !== null) as object[];
    if (containers.some((container) => sizeOf(container) > entries)) {
      return `must have at most ${entries} entries in each list and object`;
    }
    values = containers.flatMap((container) => Object.values(container));
    if (values.length === 0) return undefined;
  }
  return `must have at most ${levels} levels inside each other`;
}

function sizeOf(container: object): number {
  return Array.isArray(container) ? container.length : Object.keys(container).length;
}
