import assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { ConnectClient, ListContactEvaluationsCommand } from "@aws-sdk/client-connect";
import { connectConfig } from "../../provider/src/aws/clients";
import { readSettings } from "../../provider/src/aws/settings";

/** The host to which a call goes with this configuration; nothing is sent. */
async function hostOf(config: Record<string, string>): Promise<string> {
  const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
  const client = new ConnectClient(
    connectConfig(
      readSettings((key) => config[key]),
      "us-west-2",
      credentials,
    ),
  );
  let host = "";
  client.middlewareStack.add(
    () => async (args) => {
      host = (args.request as { hostname: string }).hostname;
      return { response: {}, output: { $metadata: {} } };
    },
    { step: "finalizeRequest", priority: "high" },
  );
  await client.send(new ListContactEvaluationsCommand({ InstanceId: "i", ContactId: "c" }));
  return host;
}

describe("the endpoint of Amazon Connect", () => {
  it("is the Region's, or its FIPS or dual-stack one, as the stack says", async () => {
    assert.equal(await hostOf({}), "connect.us-west-2.amazonaws.com");
    assert.equal(await hostOf({ "aws:useFipsEndpoint": "true" }), "connect-fips.us-west-2.amazonaws.com");
    assert.equal(await hostOf({ "aws:useDualstackEndpoint": "true" }), "connect.us-west-2.api.aws");
  });

  it("is the stack's own", async () => {
    assert.equal(
      await hostOf({ "aws:endpoints": '[{"connect":"https://connect.example.com"}]' }),
      "connect.example.com",
    );
  });
});

describe("calls in flight", () => {
  it("never wait for each other's sockets, which would count as an answer that does not come", async () => {
    const MANY = 160;
    const waiting: http.ServerResponse[] = [];
    // Nothing is answered before all have arrived.
    const server = http.createServer((_, response) => {
      waiting.push(response);
      if (waiting.length < MANY) return;
      for (const each of waiting) each.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const config: Record<string, unknown> = { "aws:endpoints": [{ connect: `http://127.0.0.1:${port}` }] };
    const settings = readSettings((key) => config[key], {});
    const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
    const client = new ConnectClient(connectConfig(settings, "us-west-2", credentials));
    try {
      const call = () => client.send(new ListContactEvaluationsCommand({ InstanceId: "i", ContactId: "c" }));
      await Promise.all(Array.from({ length: MANY }, call));
      assert.equal(waiting.length, MANY);
    } finally {
      client.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  });
});
