import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as http from "node:http";
import * as net from "node:net";
import * as path from "node:path";
import type { Duplex } from "node:stream";
import * as tls from "node:tls";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { inWords, patternInWords } from "../support/fronts";
import type { TestConfig } from "../support/preparedStack";
import { REGION, type World, worldForEach } from "../support/world";

const ACCOUNT = "123456789012";
const OTHER_ACCOUNT = "210987654321";

describe("the stack's aws configuration, as it arrives at AWS", () => {
  const world = worldForEach({ connect: { allowedHosts: ["connect.test"] } });

  const config = (w: World, values: Record<string, unknown>): TestConfig => ({
    "aws:endpoints": JSON.stringify([{ connect: w.emulator.url, sts: w.emulator.url }]),
    ...Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
  });
  const up = async (w: World, values: Record<string, unknown>, args = {}) => {
    await w.stack.configure(config(w, values));
    return w.stack.up({ program: w.program("one", args) });
  };
  const upFails = async (w: World, values: Record<string, unknown>) => {
    await w.stack.configure(config(w, values));
    return (await w.stack.upFails({ program: w.program("one") })).diagnostics.join("\n");
  };
  const seen = (w: World) =>
    w.emulator.requests.map(({ operation, accessKeyId, region }) => ({ operation, accessKeyId, region }));

  /** No keys of the stack's own: what is left is what the test configures. */
  const noKeys = { "aws:accessKey": "", "aws:secretKey": "" };

  /** An instance of another account, with a contact and a form. */
  function elsewhere(w: World) {
    const { instanceId } = w.emulator.addInstance({ region: REGION, account: OTHER_ACCOUNT });
    const { contactId } = w.emulator.addContact(instanceId);
    const { evaluationFormId } = w.emulator.addEvaluationForm(instanceId);
    return { instanceId, contactId, evaluationFormId };
  }

  it("assumes roles one after the other, each with the credentials of the one before", async () => {
    const w = world();
    const [first, second] = [`arn:aws:iam::${ACCOUNT}:role/First`, `arn:aws:iam::${OTHER_ACCOUNT}:role/Second`];
    w.emulator.addRole({ roleArn: first, trusts: ["AKIATESTTESTTEST"], externalId: "partner" });
    w.emulator.addRole({ roleArn: second, trusts: [first] });
    const roles = [
      { roleArn: first, sessionName: "calibration", externalId: "partner", duration: "15m", tags: { team: "quality" } },
      { roleArn: second },
    ];
    await up(w, { "aws:assumeRoles": roles }, elsewhere(w));
    const [assumed, chained, ...calls] = w.emulator.requests;
    assert.equal(assumed?.accessKeyId, "AKIATESTTESTTEST");
    assert.equal(assumed?.input.RoleSessionName, "calibration");
    assert.equal(Number(assumed?.input.DurationSeconds), 900);
    assert.deepEqual(assumed?.input.Tags, [{ Key: "team", Value: "quality" }]);
    assert.match(chained?.accessKeyId ?? "", /^ASIA/);
    assert.equal(chained?.input.RoleArn, second);
    assert.match(w.only.evaluatorArn, new RegExp(`arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/Second/`));
    assert.ok(calls.length > 0 && calls.every(({ accessKeyId }) => accessKeyId === calls[0]?.accessKeyId));
    assert.notEqual(calls[0]?.accessKeyId, chained?.accessKeyId);
    await w.stack.destroy();
  });

  it("assumes the role of the older key", async () => {
    const w = world();
    const roleArn = `arn:aws:iam::${OTHER_ACCOUNT}:role/Older`;
    w.emulator.addRole({ roleArn });
    await up(w, { "aws:assumeRole": { roleArn } }, elsewhere(w));
    assert.match(w.only.evaluatorArn, /assumed-role\/Older\//);
    await w.stack.destroy();
  });

  it("assumes a role with a web identity, from a file or as it is", async () => {
    const w = world();
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/Web`;
    w.emulator.addRole({ roleArn });
    const file = path.join(w.stack.workDir, "token");
    await fs.writeFile(file, "a-web-identity-token");
    await up(w, {
      ...noKeys,
      "aws:assumeRoleWithWebIdentity": { roleArn, webIdentityTokenFile: file, sessionName: "ci" },
    });
    assert.equal(w.emulator.requests[0]?.operation, "AssumeRoleWithWebIdentity");
    assert.match(w.only.evaluatorArn, /assumed-role\/Web\/ci$/);
    w.emulator.clearRequests();
    const token = { roleArn, webIdentityToken: "another-web-identity-token" };
    await up(w, { ...noKeys, "aws:assumeRoleWithWebIdentity": token }, { tags: { a: "1" } });
    assert.equal(w.emulator.requests[0]?.input.WebIdentityToken, "another-web-identity-token");
  });

  it("takes profiles from the shared files that it names, or that the environment names", async () => {
    const w = world();
    const file = path.join(w.stack.workDir, "credentials");
    const lines = ["[staging]", "aws_access_key_id = AKIASTAGING", "aws_secret_access_key = emulated-secret-key", ""];
    await fs.writeFile(file, lines.join("\n"));
    await up(w, { ...noKeys, "aws:profile": "staging", "aws:sharedCredentialsFiles": [file] });
    assert.ok(seen(w).every(({ accessKeyId }) => accessKeyId === "AKIASTAGING"));
    w.emulator.clearRequests();
    await w.stack.configure(config(w, noKeys));
    const env = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_PROFILE: "staging" };
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }), env });
    assert.deepEqual(seen(w), [{ operation: "TagResource", accessKeyId: "AKIASTAGING", region: REGION }]);
  });

  it("takes roles from the profiles of the shared file that it names", async () => {
    const w = world();
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/Profiled`;
    w.emulator.addRole({ roleArn, trusts: ["AKIABASE"] });
    const file = path.join(w.stack.workDir, "config");
    const profiles = [
      "[profile staging]",
      `role_arn = ${roleArn}`,
      "source_profile = base",
      "[profile base]",
      "aws_access_key_id = AKIABASE",
      "aws_secret_access_key = emulated-secret-key",
      "",
    ];
    await fs.writeFile(file, profiles.join("\n"));
    await up(w, { ...noKeys, "aws:profile": "staging", "aws:sharedConfigFiles": [file] });
    assert.match(w.only.evaluatorArn, /assumed-role\/Profiled\//);
  });

  it("sends the session token that belongs to temporary keys", async () => {
    const w = world();
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/Session`;
    w.emulator.addRole({ roleArn });
    const credentials = { accessKeyId: "AKIABASE", secretAccessKey: "emulated-secret-key" };
    const sts = new STSClient({ region: REGION, endpoint: w.emulator.url, credentials });
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "session" }));
    sts.destroy();
    const keys = { "aws:accessKey": Credentials?.AccessKeyId, "aws:secretKey": Credentials?.SecretAccessKey };
    assert.match(await upFails(w, keys), /why: AWS does not accept the credentials/);
    await up(w, { ...keys, "aws:token": Credentials?.SessionToken });
    assert.match(w.only.evaluatorArn, /assumed-role\/Session\/session$/);
  });

  it("trusts the certificates that it names, and no others", async () => {
    const w = world();
    const folder = path.join(__dirname, "fixtures/tls");
    const [key, cert] = await Promise.all(
      ["key.pem", "certificate.pem"].map((name) => fs.readFile(path.join(folder, name))),
    );
    const { port } = new URL(w.emulator.url);
    const secure = await startServer(
      tls.createServer({ key, cert }, (client) => {
        const upstream = net.connect(Number(port), "127.0.0.1");
        upstream.pipe(client).pipe(upstream);
        for (const socket of [client, upstream]) socket.on("error", () => socket.destroy());
      }),
    );
    try {
      const endpoints = { "aws:endpoints": [{ connect: `https://127.0.0.1:${secure.port}` }] };
      assert.match(await upFails(w, endpoints), /why: the endpoint's certificate is not one that is trusted here/);
      await up(w, { ...endpoints, "aws:customCaBundle": path.join(folder, "certificate.pem") });
      assert.ok(w.only);
    } finally {
      await secure.close();
    }
  });

  it("assumes roles, and asks whose account it is, with the profile that it names", async () => {
    const w = world();
    const file = path.join(w.stack.workDir, "credentials");
    await fs.writeFile(
      file,
      "[staging]\naws_access_key_id = AKIASTAGING\naws_secret_access_key = emulated-secret-key\n",
    );
    w.stack.env = {
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_ACCESS_KEY_ID: "AKIAWRONG",
      AWS_SECRET_ACCESS_KEY: "wrong-key",
    };
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/Trusting`;
    w.emulator.addRole({ roleArn, trusts: ["AKIASTAGING"] });
    const staging = { ...noKeys, "aws:profile": "staging" };
    const told = await upFails(w, { ...staging, "aws:allowedAccountIds": [OTHER_ACCOUNT] });
    assert.match(told, /why: the credentials belong to account/);
    assert.ok(seen(w).every(({ accessKeyId }) => accessKeyId === "AKIASTAGING"));
    const { diagnostics } = await up(w, { ...staging, "aws:assumeRoles": [{ roleArn }] });
    assert.deepEqual(diagnostics, []);
    assert.match(w.only.evaluatorArn, /assumed-role\/Trusting\//);
  });

  it("asks whose account it is before anything is changed, and goes on only in the right one", async () => {
    const w = world();
    for (const [key, ids] of [
      ["aws:allowedAccountIds", [OTHER_ACCOUNT]],
      ["aws:forbiddenAccountIds", [ACCOUNT]],
    ] as const) {
      const told = await upFails(w, { [key]: ids });
      assert.match(told, new RegExp(`why: the credentials belong to account ${ACCOUNT}, which ${inWords(key)}`));
    }
    assert.ok(seen(w).every(({ operation }) => operation === "GetCallerIdentity"));
    w.emulator.clearRequests();
    await up(w, { "aws:allowedAccountIds": [ACCOUNT], "aws:stsRegion": "us-east-1" });
    assert.deepEqual(seen(w)[0], {
      operation: "GetCallerIdentity",
      accessKeyId: "AKIATESTTESTTEST",
      region: "us-east-1",
    });
  });

  it("repeats what may pass as often as it says", async () => {
    const w = world();
    w.emulator.faults.add({
      operation: "StartContactEvaluation",
      times: 2,
      fault: { error: "InternalServiceException" },
    });
    await upFails(w, { "aws:maxRetries": "0" });
    assert.equal(w.emulator.calls("StartContactEvaluation"), 1);
    await up(w, { "aws:maxRetries": "1", "aws:retryMode": "adaptive" });
    assert.equal(w.emulator.calls("StartContactEvaluation"), 3);
  });

  it("goes through a proxy, but for the hosts that it names", async () => {
    const w = world();
    const proxy = await startProxy();
    try {
      const { port } = new URL(w.emulator.url);
      // No name server knows it: only the proxy leads there.
      const away = { "aws:endpoints": [{ connect: `http://connect.test:${port}` }] };
      const tunnelled = () => proxy.tunnels.splice(0);
      await up(w, { ...away, "aws:httpProxy": proxy.url });
      assert.deepEqual([...new Set(tunnelled())], [`connect.test:${port}`]);
      await w.stack.configure(config(w, away));
      const env = { HTTP_PROXY: proxy.url };
      await w.stack.up({ program: w.program("one", { tags: { a: "1" } }), env });
      assert.deepEqual(tunnelled(), [`connect.test:${port}`]);
      // This machine itself, and what the list names.
      await up(w, { "aws:httpProxy": proxy.url }, { tags: { a: "2" } });
      const noProxy = { ...away, "aws:httpProxy": proxy.url, "aws:noProxy": "test", "aws:maxRetries": "0" };
      await w.stack.configure(config(w, noProxy));
      await w.stack.upFails({ program: w.program("one", { tags: { a: "3" } }) });
      assert.deepEqual(tunnelled(), []);
      assert.deepEqual(w.only.tags, { a: "2" });
    } finally {
      await proxy.close();
    }
  });

  it("says who is calling", async () => {
    const w = world();
    await up(w, { "aws:userAgents": ["calibration/1", "stack/2"] });
    assert.ok(w.emulator.requests.every(({ userAgent = "" }) => / calibration\/1 .*stack\/2/.test(userAgent)));
  });

  it("reports what does not go together: a custom endpoint and FIPS", async () => {
    const w = world();
    assert.match(
      await upFails(w, { "aws:useFipsEndpoint": "true" }),
      patternInWords(/why: there is no such endpoint\n {2}do: {2}.*aws:useFipsEndpoint/),
    );
  });

  it("reports a role that may not be assumed", async () => {
    const w = world();
    const told = await upFails(w, { "aws:assumeRoles": [{ roleArn: `arn:aws:iam::${ACCOUNT}:role/None` }] });
    assert.match(told, /why: the credentials may not assume role .*None\n[\s\S]*aws: AWS STS answered AccessDenied: /);
    assert.equal(w.emulator.calls("StartContactEvaluation"), 0);
  });

  it("reports a certificate bundle that cannot be read", async () => {
    const w = world();
    assert.match(
      await upFails(w, { "aws:customCaBundle": "/nowhere.pem" }),
      patternInWords(/why: the file \/nowhere.pem cannot be read\n {2}do: {2}correct its path in aws:customCaBundle/),
    );
  });
});

/** A proxy that tunnels to this machine, whatever the name, and says what was asked of it. */
async function startProxy(): Promise<{ url: string; tunnels: string[]; close: () => Promise<void> }> {
  const tunnels: string[] = [];
  const server = http.createServer();
  server.on("connect", ({ url = "" }, client: Duplex) => {
    tunnels.push(url);
    const { port } = new URL(`http://${url}`);
    const upstream = net.connect(Number(port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on("error", () => socket.destroy());
  });
  const { port, close } = await startServer(server);
  return { url: `http://127.0.0.1:${port}`, tunnels, close };
}

/** Listens on a free port; closing cuts what is still connected. */
async function startServer(server: net.Server): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => sockets.add(socket));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as net.AddressInfo;
  const close = () =>
    new Promise<void>((closed) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => closed());
    });
  return { port, close };
}
