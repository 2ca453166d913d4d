/** Whether more levels of objects and lists than that are inside each other. Goes level by level, at any depth. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let values = [value];
  for (let level = 0; level <= levels; level += 1) {
    values = values.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
    if (values.length === 0) return false;
  }
  return true;
}
