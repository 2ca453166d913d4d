import type { AnswerArgs } from "pulumi-connect-evaluations";

/** An expert's answers to the form, and the scores that they must get. */
interface Case {
  name: string;
  /** By the RefId of the question. */
  answers: Record<string, AnswerArgs>;
  /** In percent; of the questions by their RefIds. */
  expected: { overall: number; questions: Record<string, number> };
}

export const cases: readonly Case[] = [
  {
    name: "flawless",
    answers: { greeting: "Yes", identity: "Yes", holds: 0 },
    expected: { overall: 100, questions: { greeting: 100, identity: 100, holds: 100 } },
  },
  {
    name: "on-hold",
    answers: { greeting: "Yes", identity: "Yes", holds: 2 },
    expected: { overall: 85, questions: { greeting: 100, identity: 100, holds: 50 } },
  },
  {
    // An agent who does not verify the caller fails, however good the rest is.
    name: "unverified",
    answers: { greeting: "Yes", identity: "No", holds: 1 },
    expected: { overall: 0, questions: { greeting: 100, identity: 0, holds: 100 } },
  },
];
