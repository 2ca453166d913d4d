/** Errors for the person at the terminal. */

/** Why something failed and what to do about it. */
export interface Cause {
  why: string;
  remedy: string;
}

/** An error that is written for the person at the terminal; any other is a bug of ours. */
export class UserError extends Error {}

/** A mistake in how the command line was called: one sentence that says how to call it. */
export class UsageError extends UserError {}

/** What was attempted and on what, why it failed, what to do now, and what AWS answered. */
export class Failure extends UserError {
  constructor(attempt: string, { why, remedy }: Cause, answer?: string, cause?: unknown) {
    const lines = [`could not ${attempt}`, `why: ${why}`, `do:  ${remedy}`];
    if (answer !== undefined) lines.push(`aws: ${answer}`);
    super(lines.join("\n  "), { cause });
  }
}

/** What the person at the terminal reads of an error. A bug of ours keeps its stack. */
export const wordsOf = (error: unknown): string =>
  error instanceof UserError
    ? error.message
    : `internal error of pulumi-connect-evaluations, please report it: ${error instanceof Error ? error.stack : error}`;
