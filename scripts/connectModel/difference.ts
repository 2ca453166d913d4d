/** How the second of two JSON values differs from the first, a line each: `+` is new, `-` is gone, `~` is another. */
export function differences(before: unknown, after: unknown, place = ""): string[] {
  if (!isObject(before) || !isObject(after)) {
    const [old, now] = [JSON.stringify(before), JSON.stringify(after)];
    return old === now ? [] : [`~ ${place}: ${old} -> ${now}`];
  }
  const at = (name: string) => (place === "" ? name : `${place}.${name}`);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((name) => {
    if (!Object.hasOwn(before, name)) return [`+ ${at(name)}: ${JSON.stringify(after[name])}`];
    if (!Object.hasOwn(after, name)) return [`- ${at(name)}`];
    return differences(before[name], after[name], at(name));
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
