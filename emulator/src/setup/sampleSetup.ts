import { sampleContent } from "../connect/sampleForm";
import { partitionOf } from "../wire/partitions";
import type { Setup } from "./setup";

/** What the command has without a set-up of its own: something to evaluate, under ids that are easy to recognise. */
export function sampleSetup({ region, account }: { region: string; account: string }): Setup {
  return {
    instances: [
      {
        instanceId: "11111111-1111-4111-8111-111111111111",
        contacts: [
          { contactId: "22222222-2222-4222-8222-222222222222", agentId: "agent-1" },
          { contactId: "33333333-3333-4333-8333-333333333333", agentId: "agent-1" },
        ],
        evaluationForms: [
          {
            evaluationFormId: "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
            content: { Title: "Greeting and understanding", ...sampleContent },
          },
          {
            evaluationFormId: "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb",
            content: { Title: "Closing the conversation", ...sampleContent },
          },
        ],
      },
    ],
    roles: [{ roleArn: `arn:${partitionOf(region)}:iam::${account}:role/Evaluator` }],
  };
}
