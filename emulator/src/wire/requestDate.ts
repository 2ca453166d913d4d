import type { IncomingHttpHeaders } from "node:http";

/** The emulator's clock, and when it judges the date of a request. */
export interface Clock {
  readonly now: () => Date;
  readonly requestDate: "unless moved" | "always" | "never";
}

/** What is wrong with the date of a request, and why, in the words of AWS. */
export interface DateFault {
  kind: "noDate" | "otherTime";
  message: string;
}

const tolerance = 5 * 60_000;

// Clients follow a moved clock one call late, or not at all: SDKs take the time from answers, also after it was moved
// back, and the AWS CLI has that of the machine. So a clock that a client saw moved judges nobody any more.
const seenMoved = new WeakSet<Clock>();

/** What AWS finds wrong with the x-amz-date of a request. One without it is taken. */
export function dateFaultOf(headers: IncomingHttpHeaders, clock: Clock): DateFault | undefined {
  const time = clock.now().getTime();
  if (Math.abs(time - Date.now()) > tolerance) seenMoved.add(clock);
  const date = [headers["x-amz-date"]].flat()[0];
  if (date === undefined || clock.requestDate === "never") return undefined;
  const sent = instantOf(date);
  if (Number.isNaN(sent)) {
    return { kind: "noDate", message: `Date must be in ISO-8601 'basic format'. Got '${date}'.` };
  }
  if (clock.requestDate === "unless moved" && seenMoved.has(clock)) return undefined;
  if (Math.abs(sent - time) <= tolerance) return undefined;
  return { kind: "otherTime", message: sent < time ? expired(date, time) : notYetCurrent(date, time) };
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
