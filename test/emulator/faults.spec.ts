import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DescribeContactEvaluationCommand, SubmitContactEvaluationCommand } from "@aws-sdk/client-connect";
import { clientOf, raw, refusal, worldForEach } from "./world";

describe("faults", () => {
  const world = worldForEach();
  const operation = "StartContactEvaluation";

  describe("an error", () => {
    it("is answered with the status of the model, before the work, once", async () => {
      const handle = world().emulator.faults.add({ operation, fault: { error: "ServiceQuotaExceededException" } });
      await assert.rejects(world().start(), refusal("ServiceQuotaExceededException", 402));
      assert.deepEqual([world().emulator.started, handle.hits], [0, 1]);
      await world().start();
      assert.equal(handle.hits, 1);
    });
    it("has the text and the status it is given", async () => {
      world().emulator.faults.add({ fault: { error: "ExpiredTokenException", message: "too late", status: 418 } });
      await assert.rejects(world().start(), refusal("ExpiredTokenException", 418, /^too late$/));
    });
    it("may be an internal one of a start that was not processed", async () => {
      world().emulator.faults.add({ operation, fault: { error: "InternalServiceException" } });
      await assert.rejects(world().start(), refusal("InternalServiceException", 500));
      assert.equal(world().emulator.started, 0);
    });
    it("is answered after the work when processed", async () => {
      world().emulator.faults.add({ operation, fault: { error: "InternalServiceException", processed: true } });
      await assert.rejects(world().start(), refusal("InternalServiceException", 500));
      assert.equal(world().emulator.started, 1);
    });
    it("is retried by the client, with the same token and invocation", async () => {
      world().emulator.faults.add({ operation, fault: { error: "InternalServiceException", processed: true } });
      const patient = clientOf(world().emulator, "us-east-1", 3);
      const { evaluationFormId: EvaluationFormId, contactId: ContactId, instanceId: InstanceId } = world();
      const { StartContactEvaluationCommand } = await import("@aws-sdk/client-connect");
      await patient.send(new StartContactEvaluationCommand({ InstanceId, ContactId, EvaluationFormId }));
      patient.destroy();
      assert.equal(world().emulator.started, 1);
      const [first, second] = world().emulator.requests;
      assert.deepEqual([first?.attempt, second?.attempt], [1, 2]);
      assert.equal(first?.invocationId, second?.invocationId);
      assert.equal(first?.input.ClientToken, second?.input.ClientToken);
    });
  });

  describe("a dropped connection", () => {
    for (const [drop, started] of [
      ["before", 0],
      ["after", 1],
    ] as const) {
      it(`${drop} the work leaves ${started} evaluations and no answer`, async () => {
        const handle = world().emulator.faults.add({ operation, fault: { drop } });
        await assert.rejects(world().start(), { code: "ECONNRESET" });
        assert.deepEqual([world().emulator.started, handle.hits], [started, 1]);
        assert.equal(world().emulator.requests[0]?.status, undefined);
        await world().start();
      });
    }
  });

  describe("silence", () => {
    for (const [silence, started] of [
      ["before", 0],
      ["after", 1],
    ] as const) {
      it(`${silence} the work lasts until the emulator closes`, async () => {
        const handle = world().emulator.faults.add({ operation, fault: { silence } });
        let answered = false;
        const outcome = world()
          .start()
          .then(
            () => "answered",
            () => "cut",
          );
        void outcome.then(() => {
          answered = true;
        });
        await handle.hit();
        assert.equal(world().emulator.started, started);
        await raw(world().emulator, "GET", `/instance/${world().instanceId}`);
        assert.equal(answered, false);
        await world().emulator.close();
        assert.equal(await outcome, "cut");
      });
    }
  });

  it("a delay postpones the usual answer", async () => {
    const handle = world().emulator.faults.add({ operation, fault: { delayMs: 20 } });
    const slow = world().start();
    await handle.hit();
    assert.equal(world().emulator.started, 0);
    await slow;
    assert.equal(world().emulator.started, 1);
  });

  it("a delay may apply to many requests at once without a warning of Node.js", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warning.name.startsWith("MaxListeners") && warnings.push(warning);
    process.on("warning", note);
    const count = 20;
    const handle = world().emulator.faults.add({ times: count, fault: { delayMs: 20 } });
    const slow = Array.from({ length: count }, () => fetch(`${world().emulator.url}/instance/${world().instanceId}`));
    await handle.hit(count);
    await Promise.all(slow);
    process.off("warning", note);
    assert.deepEqual(warnings, []);
  });

  it("a delay does not hold up close() or the end of the process", async () => {
    const script = `
      const { startConnectEmulator } = require(${JSON.stringify(join(__dirname, "../../emulator/dist"))});
      (async () => {
        const emulator = await startConnectEmulator();
        const { instanceId } = emulator.addInstance();
        const handle = emulator.faults.add({ fault: { delayMs: 3_600_000 } });
        const outcome = fetch(emulator.url + "/instance/" + instanceId).catch(() => "cut");
        await handle.hit();
        await emulator.close();
        console.log(await outcome);
      })();`;
    const child = spawn(process.execPath, ["-e", script], { timeout: 30_000 });
    const output: string[] = [];
    child.stdout.on("data", (data) => output.push(String(data)));
    assert.deepEqual(await once(child, "close"), [0, null]);
    assert.equal(output.join(""), "cut\n");
  });

  it("an HTML page comes instead of an answer of Connect", async () => {
    world().emulator.faults.add({ fault: { html: 502 }, times: 2 });
    await assert.rejects(world().start(), { name: "SyntaxError" });
    const answer = await raw(world().emulator, "GET", `/instance/${world().instanceId}`);
    assert.deepEqual([answer.status, answer.headers["content-type"]], [502, "text/html"]);
    assert.match(answer.body, /^<html>/);
    assert.equal(world().emulator.started, 0);
  });

  describe("a gateway's 404", () => {
    for (const body of ["html", "json"] as const) {
      it(`in ${body} names no error, and leaves the evaluation there`, async () => {
        const started = await world().start();
        const describeIt = () => world().client.send(new DescribeContactEvaluationCommand(started));
        world().emulator.faults.add({
          operation: "DescribeContactEvaluation",
          fault: body === "html" ? { html: 404 } : { json: 404 },
        });
        await assert.rejects(describeIt(), (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
          assert.notEqual(error.name, "ResourceNotFoundException");
          assert.equal(error.$metadata?.httpStatusCode, 404);
          return true;
        });
        assert.equal((await describeIt()).Evaluation?.EvaluationId, started.EvaluationId);
      });
    }
    it("in JSON has no header that would name an error", async () => {
      world().emulator.faults.add({ fault: { json: 404 } });
      const answer = await raw(world().emulator, "GET", `/instance/${world().instanceId}`);
      assert.deepEqual([answer.status, answer.headers["content-type"]], [404, "application/json"]);
      assert.equal(answer.headers["x-amzn-errortype"], undefined);
      assert.deepEqual(Object.keys(JSON.parse(answer.body)), ["message"]);
    });
    it("in JSON may come after the work", async () => {
      world().emulator.faults.add({ operation, fault: { json: 404, processed: true } });
      await assert.rejects(world().start());
      assert.equal(world().emulator.started, 1);
    });
  });

  it("garbage comes with status 200, by default after the work", async () => {
    world().emulator.faults.add({ operation, fault: { garbage: true } });
    world().emulator.faults.add({ operation, fault: { garbage: true, processed: false } });
    await assert.rejects(world().start(), { name: "SyntaxError" });
    assert.equal(world().emulator.started, 1);
    await assert.rejects(world().start(), { name: "SyntaxError" });
    assert.equal(world().emulator.started, 1);
    assert.equal(world().emulator.requests[0]?.status, 200);
  });

  describe("the rule", () => {
    const fault = { error: "ThrottlingException" };
    const limited = refusal("ThrottlingException", 429);

    it("applies to its operations only", async () => {
      world().emulator.faults.add({
        operation: ["DescribeContactEvaluation", "SubmitContactEvaluation"],
        times: Number.POSITIVE_INFINITY,
        fault,
      });
      const started = await world().start();
      for (let round = 0; round < 2; round += 1) {
        await assert.rejects(world().client.send(new DescribeContactEvaluationCommand(started)), limited);
        await assert.rejects(world().client.send(new SubmitContactEvaluationCommand(started)), limited);
      }
    });
    it("applies to matching requests only", async () => {
      world().emulator.faults.add({ when: ({ input }) => input.ClientToken === "bad", fault, times: 9 });
      await world().start({ ClientToken: "good" });
      await assert.rejects(world().start({ ClientToken: "bad" }), limited);
    });
    it("skips, counts, and stops", async () => {
      const handle = world().emulator.faults.add({ operation, skip: 1, times: 2, fault });
      await world().start();
      await assert.rejects(world().start(), limited);
      await assert.rejects(world().start(), limited);
      await world().start();
      assert.equal(handle.hits, 2);
      await handle.hit(2);
    });
    it("gives way to an older one", async () => {
      world().emulator.faults.add({ fault: { error: "AccessDeniedException" } });
      world().emulator.faults.add({ fault });
      await assert.rejects(world().start(), refusal("AccessDeniedException", 403));
      await assert.rejects(world().start(), limited);
      await world().start();
    });
    it("is gone when removed, and all are when cleared", async () => {
      world().emulator.faults.add({ fault }).remove();
      await world().start();
      world().emulator.faults.add({ fault });
      world().emulator.faults.clear();
      await world().start();
    });
    it("lets a test wait for a number of hits", async () => {
      const handle = world().emulator.faults.add({ operation, times: 2, fault });
      const both = handle.hit(2).then(() => handle.hits);
      await assert.rejects(world().start(), limited);
      await assert.rejects(world().start(), limited);
      assert.equal(await both, 2);
    });
  });
});
