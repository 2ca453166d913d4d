import assert from "node:assert/strict";
import {
  ConnectClient,
  DeactivateEvaluationFormCommand,
  StartContactEvaluationCommand,
  type StartContactEvaluationRequest,
} from "@aws-sdk/client-connect";
import { banner, endsCommands, run } from "./command";
import { raw, refusal } from "./world";

// The ways that the README names.
describe("every error of a start can be had from the command alone:", () => {
  endsCommands();

  /** Starts the command with options, and gives a start whose members may be other ones. */
  async function commandWith(...options: string[]) {
    const { url, start: ids } = await banner(run(["--port", "0", ...options]));
    const client = new ConnectClient({
      endpoint: url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
    const start = (more: Partial<StartContactEvaluationRequest> = {}) =>
      client.send(new StartContactEvaluationCommand({ ...ids, ...more }));
    return { url, ids, client, start };
  }

  it("400, 404, and 409 by what one asks, 402 by a quota, 500 by a fault", async () => {
    const { url, ids, client, start } = await commandWith(
      ...["--evaluation-quota", "1", "--fault", "StartContactEvaluation=InternalServiceException"],
    );
    await assert.rejects(start(), refusal("InternalServiceException", 500));
    await assert.rejects(start({ ContactId: "x".repeat(257) }), refusal("InvalidParameterException", 400));
    await assert.rejects(start({ ContactId: "nobody" }), refusal("ResourceNotFoundException", 404));
    await start();
    await assert.rejects(start(), refusal("ServiceQuotaExceededException", 402));
    await client.send(new DeactivateEvaluationFormCommand({ ...ids, EvaluationFormVersion: 1 }));
    await assert.rejects(start(), refusal("ResourceConflictException", 409));
    await raw({ url }, "POST", "/_emulator/reset");
    await assert.rejects(start(), refusal("InternalServiceException", 500));
    await start();
    client.destroy();
  });

  it("409 by a switch, 429 by the documented quota", async () => {
    const { client, start } = await commandWith("--throttle", "--second-evaluation", "refused");
    await start();
    await assert.rejects(start(), refusal("ResourceConflictException", 409));
    // Far more at once than the bucket has, however slow the machine is.
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => start({ ContactId: "nobody" })));
    const refused = outcomes.find(
      (outcome) => outcome.status === "rejected" && outcome.reason.name === "ThrottlingException",
    );
    assert.ok(refused?.status === "rejected" && refusal("ThrottlingException", 429)(refused.reason));
    client.destroy();
  });
});
