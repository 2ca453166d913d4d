import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import {
  ConnectClient,
  DescribeContactCommand,
  DescribeContactEvaluationCommand,
  DescribeInstanceCommand,
  ListContactEvaluationsCommand,
  StartContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import { version } from "../../emulator/package.json";
import { switches } from "../../emulator/src";
import { banner, cli, endsCommands, finished, run, started } from "./command";
import { raw, refusal } from "./world";

describe("the command line", () => {
  // Their parent ended.
  const orphans = new Set<number>();

  endsCommands();
  afterEach(() => {
    for (const pid of orphans) process.kill(pid, "SIGKILL");
    orphans.clear();
  });

  it("--help names every switch with its positions", async () => {
    const { code, out, err } = await finished(["--help"]);
    assert.deepEqual([code, err], [0, ""]);
    for (const { positions, question } of Object.values(switches)) {
      assert.ok(out.includes(`<${positions.join(" | ")}>`), question);
      assert.ok(out.includes(question), question);
    }
    assert.match(out, /^A local Amazon Connect .* STS /);
    for (const flag of [
      "--port",
      "--host",
      "--allow-host",
      "--region",
      "--account",
      "--throttle",
      "--seed",
      "--start-lag-ms",
      "--delete-lag-ms",
      "--change-lag-ms",
      "--score-delay-ms",
      "--automation-ms",
      "--automated-answers",
      "--review-ms",
      "--evaluation-quota",
      "--form",
      "--deny",
      "--access-key",
      "--fault",
      "--token-of-deleted-evaluation",
    ]) {
      assert.ok(out.includes(flag), flag);
    }
  });

  it("refuses what it does not understand with exit code 2, and says what is allowed", async () => {
    const { code, out, err } = await finished(["--form-tags", "maybe"]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(
      err,
      /^--form-tags must be one of: not copied \| copied, but got: maybe\n--help explains all options$/m,
    );
    assert.match((await finished(["--nope"])).err, /'--nope'[\s\S]*--form-tags/);
  });

  it("sets up lags, denials, access keys, a quota, and faults, such as all errors of a start", async () => {
    const errors: [string, number][] = [
      ["InvalidParameterException", 400],
      ["ServiceQuotaExceededException", 402],
      ["ResourceNotFoundException", 404],
      ["ResourceConflictException", 409],
      ["ThrottlingException", 429],
      ["InternalServiceException", 500],
    ];
    const child = run([
      ...["--port", "0", "--account", "111122223333"],
      ...["--start-lag-ms", "ListContactEvaluations=3600000,SearchContactEvaluations=1", "--deny", "DescribeContact"],
      ...["--access-key", "AKIASTRANGER=210987654321", "--access-key", "AKIAOTHER=444455556666"],
      ...["--fault", "DescribeInstance=json-404*2", "--evaluation-quota", "1"],
      ...errors.flatMap(([name]) => ["--fault", `StartContactEvaluation=${name}`]),
    ]);
    const { url: endpoint, start: ids } = await banner(child);
    const { InstanceId, ContactId } = ids;
    const clientWith = (accessKeyId: string) =>
      new ConnectClient({
        endpoint,
        region: "us-east-1",
        credentials: { accessKeyId, secretAccessKey: "b" },
        maxAttempts: 1,
      });
    const [mine, stranger] = [clientWith("AKIAMINE"), clientWith("AKIASTRANGER")];
    const describeInstance = (client: ConnectClient) => client.send(new DescribeInstanceCommand({ InstanceId }));
    const start = () => mine.send(new StartContactEvaluationCommand(ids));

    await assert.rejects(describeInstance(mine), { name: "Unknown" });
    await assert.rejects(describeInstance(mine), { name: "Unknown" });
    await describeInstance(mine);
    await assert.rejects(describeInstance(stranger), { name: "ResourceNotFoundException" });
    await assert.rejects(mine.send(new DescribeContactCommand({ InstanceId, ContactId })), {
      name: "AccessDeniedException",
    });
    for (const [name, status] of errors) await assert.rejects(start(), refusal(name, status));
    const { EvaluationId, EvaluationArn } = await start();
    assert.match(String(EvaluationArn), /:111122223333:/);
    await mine.send(new DescribeContactEvaluationCommand({ InstanceId, EvaluationId }));
    const list = await mine.send(new ListContactEvaluationsCommand({ InstanceId, ContactId }));
    assert.deepEqual(list.EvaluationSummaryList, []);
    await assert.rejects(start(), refusal("ServiceQuotaExceededException", 402, /this month/));
    for (const client of [mine, stranger]) client.destroy();
  });

  it("tells its version", async () => {
    assert.deepEqual(await finished(["--version"]), { code: 0, out: `${version}\n`, err: "" });
  });

  it("says in one sentence that a port is taken, or a host not this machine's, with exit code 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    assert.deepEqual(await finished(["--port", String(port)]), {
      code: 1,
      out: "",
      err: `Port ${port} of 127.0.0.1 is taken: choose another one with --port, or 0 for a free one\n`,
    });
    other.close();
    // Reserved for documentation, so that no machine has it.
    const { code, out, err } = await finished(["--host", "192.0.2.1"]);
    assert.deepEqual([code, out], [1, ""]);
    assert.equal(
      err,
      "192.0.2.1 is no address of this machine: choose one with --host, such as 127.0.0.1 or 0.0.0.0\n",
    );
  });

  it("does not keep what it was asked", async () => {
    const child = run(["--port", "0"], ["--max-old-space-size=64"]);
    const { url, start } = await banner(child);
    const body = JSON.stringify({ ContactId: "x".repeat(1_000_000) });
    for (let count = 0; count < 80; count += 1) {
      const { status } = await raw({ url }, "PUT", `/contact-evaluations/${start.InstanceId}`, body);
      assert.equal(status, 400);
    }
  });

  it("goes on when nobody reads its output any more", async () => {
    const child = run(["--port", "0"]);
    const { url, start } = await banner(child);
    child.stdout?.destroy();
    for (let count = 0; count < 5; count += 1) {
      assert.equal((await raw({ url }, "GET", `/instance/${start.InstanceId}`)).status, 200);
    }
  });

  it("prints one line for a request, whatever is in its path", async () => {
    const child = run(["--port", "0"]);
    const { url } = await banner(child);
    assert.ok(child.stdout);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    await raw({ url }, "GET", "/a%20b%0A2026%0Dc%1B%5B2J%E2%80%A8%E2%80%AE%7F%C2%85%C3%BC/%zz");
    await raw({ url }, "GET", "/a%20b%0A2026%0Dc%1B%5B2J%E2%80%A8%E2%80%AE%7F%C2%85%C3%BC");
    const paths = [];
    while (paths.length < 2) {
      const { value } = await lines.next();
      if (value !== "") paths.push(/ GET (.*) \w+Exception$/.exec(value)?.[1]);
    }
    assert.deepEqual(paths, [
      "/a%20b%0A2026%0Dc%1B%5B2J%E2%80%A8%E2%80%AE%7F%C2%85%C3%BC/%zz",
      "/a b%0A2026%0Dc%1B[2J%E2%80%A8%E2%80%AE%7F%C2%85ü",
    ]);
  });

  it("sets the Region for every client in the line of environment variables", async () => {
    const { printed, url } = await banner(run(["--port", "0", "--region", "eusc-de-east-1"]));
    assert.match(printed, /role +arn:aws-eusc:iam::/);
    const exported = /export (.*)/.exec(printed)?.[1]?.split(" ") ?? [];
    assert.deepEqual(Object.fromEntries(exported.map((pair) => pair.split("="))), {
      AWS_ENDPOINT_URL_CONNECT: url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_REGION: "eusc-de-east-1",
      AWS_DEFAULT_REGION: "eusc-de-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
  });

  it("ends with the shell of a package manager, which does not pass a signal on", async () => {
    const command = `"${process.execPath}" "${cli}" --port 0 & echo "pid $!"; wait`;
    const env = { ...process.env, npm_lifecycle_event: "emulator" };
    const shell = started(spawn("sh", ["-c", command], { env, stdio: ["ignore", "pipe", "inherit"] }));
    const { printed, url } = await banner(shell);
    const server = Number(/pid (\d+)/.exec(printed)?.[1]);
    orphans.add(server);
    shell.kill("SIGTERM");
    assert.ok(shell.stdout);
    // The server holds the other end.
    await once(shell.stdout.resume(), "end");
    orphans.delete(server);
    await assert.rejects(raw({ url }, "GET", "/"), { code: "ECONNREFUSED" });
  }).timeout(30_000);

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`serves what it prints, logs requests, and ends cleanly on ${signal}`, async () => {
      const child = run([
        "--port",
        "0",
        "--region",
        "eu-west-2",
        "--seed",
        "s",
        "--describe-tags",
        "omitted",
        "--no-active-version",
        "InvalidParameterException",
      ]);
      assert.ok(child.stdout);
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const printed: string[] = [];
      const until = async (pattern: RegExp): Promise<string> => {
        for (;;) {
          const { value, done } = await lines.next();
          if (done) throw new Error(`ended without ${pattern}: ${printed.join("\n")}`);
          printed.push(value);
          if (pattern.test(value)) return value;
        }
      };
      const line = await until(/aws connect list-contact-evaluations/);
      const assume = await until(/aws sts assume-role/);
      const endpoint = /--endpoint-url (\S+)/.exec(line)?.[1] ?? "";
      const ids = (kind: string) =>
        printed
          .filter((text) => text.startsWith(`  ${kind}`))
          .map((text) => text.split(/\s+/)[kind.split(" ").length + 1]);
      const endpoints = `AWS_ENDPOINT_URL_CONNECT=${endpoint} AWS_ENDPOINT_URL_STS=${endpoint}`;
      assert.ok(printed.some((text) => text.includes(endpoints)));
      assert.ok(assume.includes(`--role-arn ${ids("role")[0]} `) && assume.includes(`--endpoint-url ${endpoint}`));
      assert.deepEqual([ids("instance").length, ids("contact").length, ids("evaluation form").length], [1, 2, 2]);
      const client = new ConnectClient({
        endpoint,
        region: "eu-west-2",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
      });
      const [InstanceId] = ids("instance");
      const started = await client.send(
        new StartContactEvaluationCommand({
          InstanceId,
          ContactId: ids("contact")[1],
          EvaluationFormId: ids("evaluation form")[1],
        }),
      );
      await until(/ 200 StartContactEvaluation PUT \/contact-evaluations\/11111111-/);
      const { Evaluation } = await client.send(
        new DescribeContactEvaluationCommand({ InstanceId, EvaluationId: started.EvaluationId }),
      );
      assert.equal(Evaluation && "Tags" in Evaluation, false);
      child.kill(signal);
      assert.deepEqual(await once(child, "exit"), [0, null]);
      client.destroy();
    });
  }
});
