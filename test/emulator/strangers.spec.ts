import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { controls } from "../../emulator/src/control/controls";
import { authorization, createWorld, type RawAnswer, raw, type World, worldForEach } from "./world";

const page = "https://page.example";
const day = 86_400_000;

describe("what a web page can send", () => {
  let world: World;
  before(async () => {
    world = await createWorld();
    world.emulator.faults.add({ operation: "DescribeInstance", fault: { drop: "before" } });
  });
  after(() => world.close());
  afterEach(() => {
    const { faults, behaviour } = world.emulator;
    assert.deepEqual([faults.all().length, behaviour.formTags], [1, "not copied"]);
    assert.ok(behaviour.now().getTime() - Date.now() < day);
  });

  const changes = controls.filter(({ method }) => method !== "GET");
  const bodies: Record<string, string> = {
    "/faults": '{"fault":{"drop":"before"}}',
    "/behaviour": '{"formTags":"copied"}',
    "/clock": JSON.stringify({ advanceMs: 2 * day }),
  };
  const control = (method: string, path: string, headers: Record<string, string>) =>
    raw(world.emulator, method, `/_emulator${path}`, ["POST", "PATCH"].includes(method) ? bodies[path] : undefined, {
      authorization: undefined,
      ...headers,
    });
  const isRefused = ({ status, headers, body }: RawAnswer, expected: number, message: RegExp) => {
    assert.equal(status, expected, body);
    assert.match(JSON.parse(body).problems[0], message);
    assert.deepEqual(
      Object.keys(headers).filter((name) => name.startsWith("access-control-")),
      [],
    );
  };

  for (const { method, path } of changes) {
    it(`does nothing to ${method} ${path} from another site, without and after a preflight`, async () => {
      const site = { origin: page, "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" };
      isRefused(
        await control(method, path, { ...site, "content-type": "text/plain" }),
        403,
        /of https:\/\/page.example$/,
      );
      isRefused(await control(method, path, site), 403, /^Web pages are not served/);
      isRefused(await control(method, path, { ...site, origin: "null" }), 403, /^Web pages are not served/);
      const asked = {
        ...site,
        "access-control-request-method": method,
        "access-control-request-headers": "content-type",
      };
      isRefused(await control("OPTIONS", path, asked), 403, /^Web pages are not served/);
    });

    it(`does nothing to ${method} ${path} from a page whose name was made to lead here`, async () => {
      const rebound = { host: "page.example:4566", "sec-fetch-site": "same-origin" };
      isRefused(await control(method, path, rebound), 403, /^The host page\.example is not known here: .*--allow-host/);
    });
  }

  it("is read by no page either, whose name was made to lead here", async () => {
    for (const { path } of controls.filter(({ method }) => method === "GET")) {
      isRefused(await control("GET", path, { host: "page.example" }), 403, /page\.example/);
    }
  });

  it("is no control if it has a body of another type than JSON, also from a browser that sends no Origin", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const answer = await control("PATCH", "/behaviour", { "content-type": type });
      isRefused(answer, 415, /^The body must be application\/json, but its Content-Type is /);
    }
  });

  it("is no call of Connect or STS, in words that a client of each understands", async () => {
    const calls = () => raw(world.emulator, "GET", `/instance/${world.instanceId}`, undefined, { origin: page });
    const connectAnswer = await calls();
    assert.deepEqual([connectAnswer.status, connectAnswer.headers["x-amzn-errortype"]], [403, "AccessDeniedException"]);
    const form = { "content-type": "application/x-www-form-urlencoded", host: "page.example" };
    const stsAnswer = await raw(world.emulator, "POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", form);
    assert.equal(stsAnswer.status, 403);
    assert.match(stsAnswer.body, /<Code>AccessDenied<\/Code><Message>The host page\.example is not known/);
  });
});

describe("the names of the emulator", () => {
  const known = async (emulator: ConnectEmulator, host: string) => {
    const { status } = await raw(emulator, "GET", "/_emulator/health", undefined, { host });
    return status === 200;
  };
  const check = async (options: { host?: string; allowedHosts?: string[] }, yes: string[], no: string[]) => {
    const emulator = await startConnectEmulator(options);
    try {
      for (const host of yes) assert.equal(await known(emulator, host), true, host);
      for (const host of no) assert.equal(await known(emulator, host), false, host);
      assert.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    } finally {
      await emulator.close();
    }
  };

  it("are those of the loopback, with any port", () =>
    check(
      {},
      ["localhost", "LOCALHOST:1", "connect.localhost:4566", "127.0.0.1", "127.8.9.1:80", "[::1]:4566"],
      ["10.1.2.3", "page.example", "localhost.page.example", "127.0.0.1.page.example", "connect:4566", "[::2]"],
    ));

  it("are all addresses too, but no other name, if it listens on all addresses", () =>
    check({ host: "0.0.0.0" }, ["localhost", "10.1.2.3:4566", "[fd00::1]:4566"], ["connect:4566", "page.example"]));

  it("are those too that it was given, such as a container's", () =>
    check(
      { allowedHosts: ["Connect", "grader.test"] },
      ["connect:4566", "grader.test"],
      ["a.grader.test", "connect.test"],
    ));
});

describe("what is too much", () => {
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world.close());

  const isError = (answer: RawAnswer, status: number, name: string, message: RegExp) => {
    assert.deepEqual([answer.status, answer.headers["x-amzn-errortype"]], [status, name], answer.body);
    assert.match(JSON.parse(answer.body).Message, message);
  };
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

  it("is a body that the operation cannot need, told from its header", async () => {
    const mebibyte = String(2 ** 20 + 1);
    const tags = `/tags/${encodeURIComponent(world.formArn)}`;
    const started = await raw(world.emulator, "PUT", `/contact-evaluations/${world.instanceId}`, "{", {
      "content-length": mebibyte,
    });
    isError(started, 413, "RequestEntityTooLargeException", /at most 1048576 bytes$/);
    const tagged = await raw(world.emulator, "POST", tags, "{", { "content-length": mebibyte });
    isError(tagged, 413, "RequestEntityTooLargeException", /at most 1048576 bytes$/);
    const controlled = await raw(world.emulator, "POST", "/_emulator/faults", "{", { "content-length": mebibyte });
    assert.equal(controlled.status, 413);
  });

  it("is a body whose header does not tell, as soon as it is too long, and the connection goes on", async () => {
    const { hostname, port } = new URL(world.emulator.url);
    const socket = connect(Number(port), hostname);
    const head = `host: ${hostname}\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\n`;
    const piece = " ".repeat(2 ** 19);
    const chunk = `${piece.length.toString(16)}\r\n${piece}\r\n`;
    let answers = "";
    socket.on("data", (data) => {
      answers += data;
    });
    socket.write(
      `POST /search-contact-evaluations HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(3)}`,
    );
    await once(socket, "data");
    assert.match(answers, /^HTTP\/1\.1 413 [\s\S]*RequestEntityTooLargeException/);
    socket.write(`${chunk}0\r\n\r\nGET /instance/${world.instanceId} HTTP/1.1\r\n${head}connection: close\r\n\r\n`);
    await once(socket, "close");
    assert.match(answers, /HTTP\/1\.1 200 OK/);
  });

  it("is a form as large as no form can be, while its operations take more than the others", async () => {
    const path = `/evaluation-forms/${world.instanceId}`;
    const allowed = await raw(world.emulator, "PUT", path, JSON.stringify({ Title: "x".repeat(2 ** 20), Items: [] }));
    isError(allowed, 400, "InvalidParameterException", /^Title: must have at most 100000 characters in each text$/);
    isError(
      await raw(world.emulator, "PUT", path, "{", { "content-length": "80000000" }),
      413,
      "RequestEntityTooLargeException",
      /at most 78643200 bytes$/,
    );
  });

  it("are more entries than any list or object has, which nothing goes through", async () => {
    const path = `/evaluation-forms/${world.instanceId}`;
    const form = { Title: "Form", Items: Array.from({ length: 1001 }, () => ({})) };
    const Tags = many(1001);
    for (const [body, message] of [
      [form, /^Items: must have at most 1000 entries in each list and object$/],
      [{ Title: "Form", Items: [], Tags }, /^Tags: must have at most 1000 entries in each list and object$/],
    ] as const) {
      isError(await raw(world.emulator, "PUT", path, JSON.stringify(body)), 400, "InvalidParameterException", message);
    }
    const some = JSON.stringify({ Title: "Form", Items: [], Tags: many(51) });
    isError(await raw(world.emulator, "PUT", path, some), 400, "InvalidParameterException", /^Tags: .* 50 /);
  });
});

describe("what does not arrive in time", () => {
  const world = worldForEach({ requestTimeoutMs: 200 });

  it("is cut off, be it the rest of a body or of a head ", async () => {
    const { hostname, port } = new URL(world().emulator.url);
    const halves = [
      `PUT /contact-evaluations/i HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
      `POST /_emulator/clock HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n`,
      "GET /_emulator/health HTTP/1.1\r\n",
    ];
    for (const half of halves) {
      const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
      let answer = "";
      socket.on("data", (data) => {
        answer += data;
      });
      socket.write(half);
      await once(socket, "end");
      socket.destroy();
      assert.match(answer, /^HTTP\/1\.1 408 [\s\S]*"The request did not arrive in time"/);
    }
  });

  it("is not the answer to a request that has arrived", async () => {
    world().emulator.faults.add({ operation: "DescribeInstance", fault: { silence: "before" } });
    const { hostname, port } = new URL(world().emulator.url);
    const path = `/instance/${world().instanceId}`;
    const outgoing = request({ hostname, port, path, headers: { authorization }, agent: false });
    outgoing.end();
    let isCut = false;
    outgoing.once("error", () => {
      isCut = true;
    });
    const half = connect(Number(port), hostname);
    await world().emulator.waitForRequest(({ operation }) => operation === "DescribeInstance");
    half.write("GET / HTTP/1.1\r\n");
    // A half that begins later is cut off, which tells that the time of the other one is over, too.
    half.resume();
    await once(half, "end");
    assert.equal(isCut, false);
    outgoing.destroy();
  });
});
