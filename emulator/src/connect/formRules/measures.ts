/** A fault unless a text has so many characters. */
export function lengthFault(what: string, text: string | undefined, min: number, max: number): string[] {
  const { length } = [...(text ?? "")];
  return length >= min && length <= max ? [] : [`${what}: must have ${min} to ${max} characters, but has ${length}`];
}

/** A fault unless there are so many things. */
export function countFault(what: string, count: number, min: number, max: number): string[] {
  return count >= min && count <= max ? [] : [`Items: there must be ${min} to ${max} ${what}, but there are ${count}`];
}

/** A fault unless a number is in a range, or not there. */
export function rangeFault(what: string, value: number | undefined, min: number, max: number): string[] {
  return value === undefined || (value >= min && value <= max)
    ? []
    : [`${what}: must be from ${min} to ${max}, but is ${value}`];
}

/** A fault if the lower bound of a range is above the upper one. */
export function orderFault(what: string, min: number | undefined, max: number | undefined): string[] {
  return min === undefined || max === undefined || min <= max
    ? []
    : [`${what}: must not go from ${min} down to ${max}`];
}

/** A fault for each text that is there more than once. */
export function uniqueFaults(what: string, texts: string[], where: string): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const text of texts) (seen.has(text) ? repeated : seen).add(text);
  return [...repeated].map((text) => `Items: the ${what} ${text} must be unique in ${where}`);
}
