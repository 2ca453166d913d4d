import type { IncomingHttpHeaders } from "node:http";

/** By which clocks a date is judged. */
export interface Clocks {
  readonly now: () => Date;
  readonly requestDate: "both" | "emulator" | "none";
}

/** What is wrong with the date of a request, and why, in the words of AWS. */
export interface DateFault {
  kind: "noDate" | "otherTime";
  message: string;
}

const tolerance = 5 * 60_000;

/** What AWS finds wrong with the x-amz-date of a request. One without it is taken. */
export function dateFaultOf(headers: IncomingHttpHeaders, { now, requestDate }: Clocks): DateFault | undefined {
  const date = [headers["x-amz-date"]].flat()[0];
  if (date === undefined || requestDate === "none") return undefined;
  const sent = instantOf(date);
  if (Number.isNaN(sent)) {
    return { kind: "noDate", message: `Date must be in ISO-8601 'basic format'. Got '${date}'.` };
  }
  const time = now().getTime();
  // A client signs with the clock of its machine, most often this one, or with a time that it read from an answer, also
  // after the emulator's clock was moved.
  const clocks = requestDate === "both" ? [time, Date.now()] : [time];
  if (sent < Math.min(...clocks) - tolerance) return { kind: "otherTime", message: expired(date, time) };
  if (sent > Math.max(...clocks) + tolerance) return { kind: "otherTime", message: notYetCurrent(date, time) };
  return undefined;
}

function expired(date: string, time: number): string {
  return `Signature expired: ${date} is now earlier than ${basic(time - tolerance)} (${basic(time)} - 5 min.)`;
}

function notYetCurrent(date: string, time: number): string {
  return `Signature not yet current: ${date} is still later than ${basic(time + tolerance)} (${basic(time)} + 5 min.)`;
}

function instantOf(date: string): number {
  const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(date) ?? [];
  if (day === undefined || time === undefined) return Number.NaN;
  return Date.parse(`${day.replace(/(....)(..)(..)/, "$1-$2-$3")}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}Z`);
}

function basic(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, "");
}
