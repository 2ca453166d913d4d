import type { EvaluationFormContent, EvaluationFormItem } from "./types";

const items: EvaluationFormItem[] = [
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
            Weight: 60,
            QuestionTypeProperties: {
              SingleSelect: {
                Options: [
                  { RefId: "o1", Text: "Yes", Score: 10 },
                  { RefId: "o2", Text: "No", Score: 0 },
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
            Weight: 40,
            QuestionTypeProperties: {
              Numeric: {
                MinValue: 0,
                MaxValue: 10,
                Options: [
                  { MinValue: 0, MaxValue: 4, Score: 0 },
                  { MinValue: 5, MaxValue: 7, Score: 5 },
                  { MinValue: 8, MaxValue: 10, Score: 10 },
                ],
              },
            },
          },
        },
        { Question: { Title: "What should be done better?", RefId: "q3", QuestionType: "TEXT" } },
      ],
    },
  },
];

/** A form that is added without items: questions q1 (60 %), q2 (40 %), and q3, a text, in section s1. */
export const sampleContent: Pick<EvaluationFormContent, "Items" | "ScoringStrategy"> = {
  Items: items,
  ScoringStrategy: { Mode: "QUESTION_ONLY", Status: "ENABLED" },
};
