const iso8601 = /^((\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?$/;

/** A date and time as an instant; NaN if it is none. We infer that a time without a zone is in UTC. */
export function instantOf(dateTime: string): number {
  const [, time, day, zone = "Z"] = iso8601.exec(dateTime) ?? [];
  return time === undefined || day === undefined || !isDay(day) ? Number.NaN : Date.parse(time + zone);
}

/** Whether it is a day of the calendar: Date.parse takes February 30 for March 2. */
export function isDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
