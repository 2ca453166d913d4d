import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";

describe("a user's unit test of a program", () => {
  it("sees the evaluation's properties under pulumi.runtime.setMocks, and is told of an aws.Provider", async () => {
    // In a process of its own: mocks are set for a whole process.
    const program = path.join(__dirname, "fixtures/mockedProgram.ts");
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program]);
    const { refusal, plain, ...seen } = JSON.parse(stdout);
    assert.match(
      refusal,
      /provider of the package aws, which cannot serve this resource\. Pass a Provider of pulumi-connect/,
    );
    assert.deepEqual(plain, [], "properties that are no Outputs");
    assert.deepEqual(seen, {
      evaluationArn: "one-id",
      contactId: "c",
      tags: { a: "1" },
      status: "DRAFT",
      listed: "connect-evaluations:index:getContactEvaluations of c",
      later: "connect-evaluations:index:getContactEvaluations of c",
    });
  });
});
