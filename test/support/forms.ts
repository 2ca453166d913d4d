import type { EvaluationFormItem } from "../../emulator/src";

/** A form with a question of every kind, in two sections, one of them nested. */
export const EVERY_KIND: EvaluationFormItem[] = [
  {
    Section: {
      Title: "Conversation",
      RefId: "conversation",
      Items: [
        {
          Question: {
            Title: "Did the agent greet the customer?",
            RefId: "greeting",
            QuestionType: "SINGLESELECT",
            QuestionTypeProperties: {
              SingleSelect: {
                Options: [
                  { RefId: "g1", Text: "Yes", Score: 10 },
                  { RefId: "g2", Text: "No", Score: 0 },
                ],
              },
            },
          },
        },
        {
          Question: {
            Title: "How often was the customer on hold?",
            RefId: "holds",
            QuestionType: "NUMERIC",
            QuestionTypeProperties: {
              Numeric: {
                MinValue: 0,
                MaxValue: 20,
                Options: [
                  { MinValue: 0, MaxValue: 2, Score: 10 },
                  { MinValue: 3, MaxValue: 20, Score: 0 },
                ],
              },
            },
          },
        },
        {
          Section: {
            Title: "Afterwards",
            RefId: "afterwards",
            Items: [
              {
                Question: {
                  Title: "What was it about?",
                  RefId: "topics",
                  QuestionType: "MULTISELECT",
                  QuestionTypeProperties: {
                    MultiSelect: {
                      Options: [
                        { RefId: "t1", Text: "Billing" },
                        { RefId: "t2", Text: "Refund" },
                        { RefId: "t3", Text: "Other" },
                      ],
                    },
                  },
                },
              },
              {
                Question: {
                  Title: "When was the customer called back?",
                  RefId: "calledBack",
                  QuestionType: "DATETIME",
                },
              },
              {
                Question: {
                  Title: "What should be done better?",
                  RefId: "advice",
                  QuestionType: "TEXT",
                  NotApplicableEnabled: true,
                },
              },
            ],
          },
        },
      ],
    },
  },
];

/** An answer to each of its questions, as an expert declares them. */
export const EXPERT = {
  greeting: "Yes",
  holds: 2,
  topics: ["Billing", "Refund"],
  calledBack: { dateTime: "2026-11-20T10:00:00Z" },
  advice: "Listen first.",
};
