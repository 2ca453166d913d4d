import { AwsError, isNotFound } from "../aws/awsError";

/**
 * Connect is eventually consistent: usually within seconds, sometimes minutes. So a read that shows nothing, or something
 * old, is repeated before it is believed. All of that is here.
 */

/** The service's clock, as well as it is known. */
export interface Clock {
  now(): Date;
  wait(milliseconds: number): Promise<void>;
}

/** The pauses between looks, ten seconds in all; "seldom" is for looks that are several calls each. */
const PAUSES_MS = {
  often: [250, 500, 1000, 2000, 3000, 3250],
  seldom: [1000, 2000, 3000, 4000],
} as const;

/** An evaluation of this age or less may be invisible to reads. */
const YOUNG_MS = 10 * 60 * 1000;

export const isYoung = (clock: Clock, startedAt: Date | string | number): boolean =>
  clock.now().getTime() - new Date(startedAt).getTime() < YOUNG_MS;

/** The latest that it may be by the service's clock, of which answers tell whole seconds. */
export const latestNow = (clock: Clock): string => new Date(clock.now().getTime() + 1_000).toISOString();

/** Connect's hosts need not agree about the time, which its answers tell in whole seconds. */
const TOLERANCE_MS = 2_000;

/** Whether one of the service's times is before another, however its hosts tell the time. */
export const isSurelyBefore = (time: string, other: string): boolean =>
  Date.parse(time) < Date.parse(other) - TOLERANCE_MS;

/** Whether one of the service's times is not before another; one in whole seconds stands for all of its second. */
export function isSince(time: string, other: string): boolean {
  const at = Date.parse(time);
  return at + (at % 1000 === 0 ? 999 : 0) >= Date.parse(other);
}

/** The two answers to a read that comes too early. */
export const isUnreadable = (error: unknown): boolean =>
  isNotFound(error) || (error instanceof AwsError && error.answer.name === "InvalidRequestException");

interface Patience<T> {
  clock: Clock;
  /** The pauses before further looks; by default "often". */
  pauses?: keyof typeof PAUSES_MS | Iterable<number>;
  /** The first look, where it is another one. */
  first?: () => Promise<T>;
}

/** Looks until it is enough, or until the last pause is over. Answers with what was seen last. */
export async function eventually<T>(
  look: () => Promise<T>,
  isEnough: (seen: T) => boolean,
  { clock, pauses = "often", first = look }: Patience<T>,
): Promise<T> {
  let seen = await first();
  for (const pause of typeof pauses === "string" ? PAUSES_MS[pauses] : pauses) {
    if (isEnough(seen)) break;
    await clock.wait(pause);
    seen = await look();
  }
  return seen;
}
