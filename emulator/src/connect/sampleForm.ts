import type { EvaluationFormItem } from "./types";

/** The items of a form that is added without any: questions q1, q2, and q3 in section s1. */
export const sampleItems: EvaluationFormItem[] = [
  {
    Section: {
      Title: "Conversation",
      RefId: "s1",
      Items: [
        {
          Question: {
            Title: "Did the agent greet the customer?",
            RefId: "q1",
            QuestionType: "SINGLESELECT",
            NotApplicableEnabled: true,
            QuestionTypeProperties: {
              SingleSelect: {
                Options: [
                  { RefId: "o1", Text: "Yes" },
                  { RefId: "o2", Text: "No" },
                ],
              },
            },
          },
        },
        {
          Question: {
            Title: "How well was the problem understood?",
            RefId: "q2",
            QuestionType: "NUMERIC",
            QuestionTypeProperties: { Numeric: { MinValue: 0, MaxValue: 10 } },
          },
        },
        { Question: { Title: "What should be done better?", RefId: "q3", QuestionType: "TEXT" } },
      ],
    },
  },
];
